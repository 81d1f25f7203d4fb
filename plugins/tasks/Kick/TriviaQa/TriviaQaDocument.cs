namespace LlmKick.Kick.TriviaQa;

/// <summary>TriviaQA's JSON (version 1.0), as far as it is read.</summary>
internal sealed record TriviaQaDocument(IReadOnlyList<TriviaQaDocument.Item> Data)
{
    internal sealed record Item(string Question, Gold Answer)
    {
        public IReadOnlyList<Page>? EntityPages { get; init; }

        public IReadOnlyList<Page>? SearchResults { get; init; }
    }

    internal sealed record Gold(IReadOnlyList<string> NormalizedAliases)
    {
        public IReadOnlyList<string>? HumanAnswers { get; init; }
    }

    internal sealed record Page(string Filename);
}
