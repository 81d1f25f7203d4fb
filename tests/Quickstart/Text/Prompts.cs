namespace LlmKick.Quickstart.Text;

/// <summary>How questions are put, in training and in the quickstart's tasks alike. An answer follows after a space and ends the
/// line.</summary>
internal static class Prompts
{
    public static string Question(string question) => $"Question: {question}\nAnswer:";

    public static string Passage(string passage, string question) => $"Passage: {passage}\n{Question(question)}";

    public static string Choice(string question, IEnumerable<string> choices) =>
        $"Question: {question}\nChoices: {string.Join(", ", choices)}\nAnswer:";
}
