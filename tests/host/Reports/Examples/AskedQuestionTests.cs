using System.Text;
using System.Text.Json;
using LlmKick.Reports.Examples;

namespace LlmKick.Tests.Reports.Examples;

public sealed class AskedQuestionTests
{
    private const string Asked = """
        {"id":"1","target":"B","requests":[{"kind":"choose","context":{"text":"Which?","tokens":[1]},
        "continuations":[{"text":" A","tokens":[2]},{"text":" B","tokens":[3]}]}]}
        """;

    [Theory]
    [InlineData("""{"kind":"choose","log_probabilities":[-2,-1],"best_token":3,"best_text":" B"}""", "B")]
    [InlineData("""{"kind":"choose","log_probabilities":[-2,null],"best_token":3,"best_text":" B"}""", "A")]
    [InlineData("""{"kind":"generate","tokens":[1],"text":" yes ","finish":"stop"}""", "yes")]
    [InlineData("""{"kind":"rolling","log_probabilities":[-1]}""", "")]
    [InlineData("""{"kind":"strange","text":"no"}""", "(an answer of a kind that no plugin here can read)")]
    public void Answer_OfAKind_IsItsText(string response, string text)
    {
        using var line = JsonDocument.Parse(Asked);
        Assert.Equal(text, AskedQuestion.Of(line.RootElement)
            .Answer(Encoding.UTF8.GetBytes($$"""{"id":"1","responses":[{{response}}],"scores":{} }""")));
    }
}
