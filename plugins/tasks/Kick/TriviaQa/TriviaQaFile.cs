using System.Text.Json;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Reads questions from TriviaQA's JSON or Parquet, or from SQuAD's JSON.</summary>
internal static class TriviaQaFile
{
    private static readonly JsonSerializerOptions Strict =
        new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Reads a file; documents of TriviaQA are not read yet.</summary>
    /// <param name="path">The file; of Parquet also a folder or a pattern.</param>
    /// <param name="evidence">TriviaQA's folder of documents, or null.</param>
    /// <param name="withDocuments">Whether documents are asked for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The file is missing or malformed.</exception>
    public static async Task<TriviaQaSet> ReadAsync(string path, string? evidence, bool withDocuments, CancellationToken cancellationToken)
    {
        var files = FileSet.Of(path);
        if (files.Count > 0 && files.All(ParquetFile.Is))
            return Answerable(path, await TriviaQaParquet.ReadAsync(files, withDocuments, cancellationToken).ConfigureAwait(false),
                withDocuments);
        if (!File.Exists(path))
            throw new LlmKickException(
                $"{path}: no such file; give a JSON file of TriviaQA's qa folder, its `rc` in Parquet, or a file in SQuAD's format.");
        var content = await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(content);
            var isSquad = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("data", out _);
            return isSquad ? Squad(path, content) : TriviaQa(path, content, evidence);
        }
        catch (JsonException exception)
        {
            const string Wanted = "neither TriviaQA's JSON nor SQuAD's: Data, each with Question and Answer.NormalizedAliases, or "
                + "data[].paragraphs[] with context and qas, are needed.";
            throw JsonFileFault.Of(path, content, Wanted, exception);
        }
    }

    /// <summary>Whether an answer has a letter or digit.</summary>
    public static bool CanBeRight(IEnumerable<string?> answers) =>
        answers.OfType<string>().Any(answer => TriviaQaText.Normalize(answer).Length > 0);

    private static TriviaQaSet Answerable(string path, TriviaQaSet set, bool withDocuments) => set.Questions.Count == 0
        ? throw new LlmKickException($"{path}: no row can be used ({set.LeftOut.Reasons}); give a split whose questions have answers, "
            + $"such as validation.")
        : withDocuments && set.Questions.All(question => question.Evidence.Count == 0)
        ? throw new LlmKickException($"{path}: no question has a document to read; ask with `context: closed`, or give TriviaQA's `rc`.")
        : set;

    private static TriviaQaSet TriviaQa(string path, string content, string? folder)
    {
        var items = JsonSerializer.Deserialize<TriviaQaDocument>(content, Strict)!.Data;
        return new TriviaQaSet([.. items.Select((item, index) => Question(path, index, item, folder))], Paragraphs: null);
    }

    /// <summary>A question with what came with it.</summary>
    public static TriviaQaQuestion Question(string path, int index, string? text, IEnumerable<string?> answers,
        IReadOnlyList<Evidence> wikipedia, IReadOnlyList<Evidence> web) => new(
        index, Text(path, index, text), Answers(path, index, answers), [.. wikipedia.Take(1), .. web.Take(1)], [.. wikipedia, .. web],
        Cluster: null);

    private static TriviaQaQuestion Question(string path, int index, TriviaQaDocument.Item item, string? folder) => Question(
        path, index, item.Question, item.Answer.NormalizedAliases.Concat(item.Answer.HumanAnswers ?? []),
        Documents(item.EntityPages, folder, "wikipedia"), Documents(item.SearchResults, folder, "web"));

    private static List<Evidence> Documents(IReadOnlyList<TriviaQaDocument.Page>? pages, string? folder, string source) =>
        [.. (pages ?? []).Select(page => Evidence.OfFile(Path.Combine(folder ?? "evidence", source, page.Filename)))];

    private static TriviaQaSet Squad(string path, string content)
    {
        var paragraphs = JsonSerializer.Deserialize<SquadDocument>(content, Strict)!
            .Data.SelectMany(article => article.Paragraphs).ToList();
        var items = paragraphs.SelectMany((paragraph, number) => paragraph.Questions.Select(item => (paragraph, number, item))).ToList();
        var answerable = items.Index().Where(one => one.Item.item.Answers.Count > 0).ToList();
        if (answerable.Count == 0)
            throw new LlmKickException(
                $"{path}: no question has an answer; give a file whose questions have some, such as SQuAD's dev set.");
        var left = new LeftOut();
        if (answerable.Count < items.Count)
            left.Add("without an answer", items.Count - answerable.Count);
        return new TriviaQaSet(
            [.. answerable.Select(one => Question(path, one.Index, one.Item.paragraph, one.Item.number, one.Item.item))],
            [.. paragraphs.Select(paragraph => paragraph.Context)])
        {
            LeftOut = left,
        };
    }

    private static TriviaQaQuestion Question(string path, int index, SquadDocument.Paragraph paragraph, int number, SquadDocument.Item item)
    {
        var evidence = new[] { Evidence.OfText(paragraph.Context) };
        return new TriviaQaQuestion(index, Text(path, index, item.Question),
            Answers(path, index, item.Answers.Select(answer => answer.Text)), evidence, evidence, $"paragraph {number}");
    }

    private static string Text(string path, int index, string? text) =>
        string.IsNullOrWhiteSpace(text) ? throw new LlmKickException($"{path}: question {index} is empty; leave it out.") : text;

    private static IReadOnlyList<string> Answers(string path, int index, IEnumerable<string?> texts)
    {
        var answers = texts.OfType<string>().Select(TriviaQaText.Normalize).Where(answer => answer.Length > 0).Distinct().ToArray();
        return answers.Length > 0
            ? answers
            : throw new LlmKickException(
                $"{path}: question {index} has no answer with a letter or digit, so that no output can be right; leave it out.");
    }
}
