using Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace LlmKick.Tests.Tasks.Questions;

/// <summary>Writes Parquet files in the schemas of the Hugging Face hub.</summary>
internal static class HubFile
{
    /// <summary>TriviaQA's <c>rc</c>: lists inside structures.</summary>
    private static readonly ParquetSchema TriviaQaSchema = new(
        new DataField<string>("question"), new DataField<string>("question_id"), new DataField<string>("question_source"),
        new StructField("entity_pages", Texts("doc_source"), Texts("filename"), Texts("title"), Texts("wiki_context")),
        new StructField("search_results", Texts("description"), Texts("filename"), new ListField("rank", new DataField<int?>("element")),
            Texts("title"), Texts("url"), Texts("search_context")),
        new StructField("answer", Texts("aliases"), Texts("normalized_aliases"), new DataField<string>("matched_wiki_entity_name"),
            new DataField<string>("normalized_value"), new DataField<string>("type"), new DataField<string>("value")));

    private static readonly ParquetSchema StorySchema =
        new(new DataField<string>("article"), new DataField<string>("highlights"), new DataField<string>("id"));

    public static Task TriviaQaAsync(string path, int rowsOfAGroup,
        params (string Question, string[] Answers, (string Name, string Text)[] Pages, (string Name, string Text)[] Results)[] rows) =>
        WriteAsync(path, TriviaQaSchema, rowsOfAGroup, [.. rows.Select(row => new Dictionary<string, object?>
        {
            ["question"] = row.Question, ["question_id"] = "tc_1", ["question_source"] = "http://www.triviacountry.com/",
            ["entity_pages"] = new Dictionary<string, object?>
            {
                ["doc_source"] = Listed(row.Pages.Select(_ => "TagMe")), ["filename"] = Listed(row.Pages.Select(page => page.Name)),
                ["title"] = Listed(row.Pages.Select(page => page.Name)), ["wiki_context"] = Listed(row.Pages.Select(page => page.Text)),
            },
            ["search_results"] = new Dictionary<string, object?>
            {
                ["description"] = Listed(row.Results.Select(_ => "")), ["filename"] = Listed(row.Results.Select(result => result.Name)),
                ["rank"] = row.Results.Select((_, rank) => (int?)rank).ToList(),
                ["title"] = Listed(row.Results.Select(_ => "t")), ["url"] = Listed(row.Results.Select(_ => "u")),
                ["search_context"] = Listed(row.Results.Select(result => result.Text)),
            },
            ["answer"] = new Dictionary<string, object?>
            {
                ["aliases"] = Listed(row.Answers), ["normalized_aliases"] = Listed(row.Answers), ["matched_wiki_entity_name"] = "",
                ["normalized_value"] = row.Answers[0],
                ["type"] = "WikipediaEntity", ["value"] = row.Answers[0],
            },
        })]);

    private static readonly ParquetSchema MmluSchema = new(new DataField<string>("question"), new DataField<string>("subject"),
        Texts("choices"), new DataField<long?>("answer"));

    /// <summary>TriviaQA without what holds documents.</summary>
    private static readonly ParquetSchema QuestionSchema = new(new DataField<string>("question"),
        new StructField("answer", Texts("aliases"), Texts("normalized_aliases"), new DataField<string>("value")));

    /// <summary>cais/mmlu.</summary>
    public static Task MmluAsync(string path, int rowsOfAGroup,
        params (string? Question, string Subject, string[] Choices, long? Answer)[] rows) =>
        WriteAsync(path, MmluSchema, rowsOfAGroup, [.. rows.Select(row => new Dictionary<string, object?>
        {
            ["question"] = row.Question, ["subject"] = row.Subject, ["choices"] = Listed(row.Choices), ["answer"] = row.Answer,
        })]);

    public static Task QuestionsAsync(string path, params (string Question, string[] Answers)[] rows) =>
        WriteAsync(path, QuestionSchema, 2, [.. rows.Select(row => new Dictionary<string, object?>
        {
            ["question"] = row.Question,
            ["answer"] = new Dictionary<string, object?>
            {
                ["aliases"] = Listed(row.Answers), ["normalized_aliases"] = Listed(row.Answers), ["value"] = "",
            },
        })]);

    /// <summary>A column of texts, such as WikiText's.</summary>
    public static Task TextsAsync(string path, string column, int rowsOfAGroup, params string?[] texts) =>
        WriteAsync(path, new ParquetSchema(new DataField<string>(column)), rowsOfAGroup,
            [.. texts.Select(text => new Dictionary<string, object?> { [column] = text })]);

    public static Task StoriesAsync(string path, params (string Article, string Highlights, string Id)[] rows) =>
        WriteAsync(path, StorySchema, 2,
        [.. rows.Select(row =>
            new Dictionary<string, object?> { ["article"] = row.Article, ["highlights"] = row.Highlights, ["id"] = row.Id })]);

    private static List<ReadOnlyMemory<char>?> Listed(IEnumerable<string> texts) =>
        [.. texts.Select(text => (ReadOnlyMemory<char>?)text.AsMemory())];

    private static ListField Texts(string name) => new(name, new DataField<string>("element"));

    private static async Task WriteAsync(string path, ParquetSchema schema, int rowsOfAGroup, List<IDictionary<string, object?>> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var stream = File.Create(path);
        await ParquetSerializer.SerializeUntypedAsync(rows, schema, stream, new ParquetOptions { RowGroupSize = rowsOfAGroup }, null,
            CancellationToken.None);
    }
}
