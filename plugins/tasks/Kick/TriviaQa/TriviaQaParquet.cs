using LlmKick.Kick.Questions;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Reads questions from TriviaQA's <c>rc</c> as the Hugging Face hub has it, with the documents inside; those are read only where
/// they are needed.</summary>
internal static class TriviaQaParquet
{
    private const string Needed = "TriviaQA's `rc` as the hub has it, such as validation-00000-of-00003.parquet";
    private static readonly (string Names, string Texts) Wikipedia = ("entity_pages.filename", "entity_pages.wiki_context");
    private static readonly (string Names, string Texts) Web = ("search_results.filename", "search_results.search_context");

    public static async Task<IReadOnlyList<TriviaQaQuestion>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new ParquetFile(path, Needed);
        var questions = new List<TriviaQaQuestion>();
        var groups = await file.CountGroupsAsync().ConfigureAwait(false);
        for (var group = 0; group < groups; group++)
        {
            var texts = await file.ReadAsync(group, "question", cancellationToken).ConfigureAwait(false);
            var answers = await file.ReadAsync(group, "answer.normalized_aliases", cancellationToken).ConfigureAwait(false);
            var (wikipedia, web) = (await DocumentsAsync(file, group, Wikipedia, cancellationToken).ConfigureAwait(false),
                await DocumentsAsync(file, group, Web, cancellationToken).ConfigureAwait(false));
            for (var row = 0; row < texts.Count; row++)
                questions.Add(TriviaQaFile.Question(path, questions.Count, texts[row].FirstOrDefault(), answers[row],
                    wikipedia[row], web[row]));
        }
        return questions;
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
