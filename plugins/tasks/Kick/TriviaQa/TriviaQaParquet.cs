using LlmKick.Kick.Questions;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Reads questions from TriviaQA's <c>rc</c> and <c>rc.nocontext</c> as the Hugging Face hub has them; documents are read only
/// where they are needed.</summary>
internal static class TriviaQaParquet
{
    private const string Needed = "TriviaQA's `rc` as the hub has it, such as validation-00000-of-00003.parquet";
    private static readonly (string Names, string Texts) Wikipedia = ("entity_pages.filename", "entity_pages.wiki_context");
    private static readonly (string Names, string Texts) Web = ("search_results.filename", "search_results.search_context");

    /// <summary>Reads files one after another.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="withDocuments">Whether documents are asked for: without, their columns are not touched.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<TriviaQaSet> ReadAsync(IReadOnlyList<string> paths, bool withDocuments, CancellationToken cancellationToken)
    {
        var (questions, left, index) = (new List<TriviaQaQuestion>(), new LeftOut(), 0);
        foreach (var path in paths)
        {
            var file = new ParquetFile(path, Needed);
            var groups = await file.CountGroupsAsync().ConfigureAwait(false);
            for (var group = 0; group < groups; group++)
            {
                var texts = await file.ReadAsync(group, "question", cancellationToken).ConfigureAwait(false);
                var answers = await file.ReadAsync(group, "answer.normalized_aliases", cancellationToken).ConfigureAwait(false);
                var wikipedia = withDocuments
                    ? await DocumentsAsync(file, group, Wikipedia, cancellationToken).ConfigureAwait(false) : null;
                var web = withDocuments ? await DocumentsAsync(file, group, Web, cancellationToken).ConfigureAwait(false) : null;
                for (var row = 0; row < texts.Count; row++, index++)
                    if (string.IsNullOrWhiteSpace(texts[row].FirstOrDefault()))
                        left.Add("without a question");
                    else if (!TriviaQaFile.CanBeRight(answers[row]))
                        left.Add("without an answer");
                    else
                        questions.Add(TriviaQaFile.Question(path, index, texts[row][0], answers[row], wikipedia?[row] ?? [],
                            web?[row] ?? []));
            }
        }
        return new TriviaQaSet(questions, Paragraphs: null) { LeftOut = left };
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Evidence>>> DocumentsAsync(ParquetFile file, int group,
        (string Names, string Texts) columns, CancellationToken cancellationToken)
    {
        var names = await file.ReadAsync(group, columns.Names, cancellationToken).ConfigureAwait(false);
        return [.. names.Select((documents, row) =>
            documents.Select((_, place) => new Evidence(token => TextAsync(file, group, columns.Texts, row, place, token))).ToList())];
    }

    private static async Task<string> TextAsync(ParquetFile file, int group, string column, int row, int place,
        CancellationToken cancellationToken) =>
        (await file.ReadAsync(group, column, cancellationToken).ConfigureAwait(false))[row].ElementAtOrDefault(place) ?? "";
}
