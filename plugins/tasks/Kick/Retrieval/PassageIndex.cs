using LlmKick.Sdk.Tasks.Texts;

namespace LlmKick.Kick.Retrieval;

/// <summary>Finds the passages that fit a question best.</summary>
/// <param name="passages">The passages.</param>
internal sealed class PassageIndex(IReadOnlyList<string> passages)
{
    private readonly Bm25 index = new([.. passages.Select(WordSplitter.Ascii)]);

    /// <summary>The best passages, the best first; the earlier of equals first.</summary>
    public IEnumerable<string> Best(string question, int count) => Ranked(question).Take(count).Select(passage => passages[passage]);

    /// <summary>All passages' places, the best first; the earlier of equals first.</summary>
    public IEnumerable<int> Ranked(string question)
    {
        var scores = index.Scores(WordSplitter.Ascii(question));
        return Enumerable.Range(0, scores.Length).OrderByDescending(passage => scores[passage]);
    }
}
