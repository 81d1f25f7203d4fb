using System.Text.Json;
using LlmKick.Kick.Questions;

namespace LlmKick.Kick.Summarization;

/// <summary>Reads CNN/DailyMail as the Hugging Face hub has it.</summary>
internal static class StoryParquet
{
    private const string Needed = "CNN/DailyMail as the hub has it, such as 3.0.0/validation-00000-of-00001.parquet";

    public static async Task<IReadOnlyList<Story>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new ParquetFile(path, Needed);
        var stories = new List<Story>();
        var groups = await file.CountGroupsAsync().ConfigureAwait(false);
        for (var group = 0; group < groups; group++)
        {
            var articles = await file.ReadAsync(group, "article", cancellationToken).ConfigureAwait(false);
            var highlights = await file.ReadAsync(group, "highlights", cancellationToken).ConfigureAwait(false);
            var ids = await file.ReadAsync(group, "id", cancellationToken).ConfigureAwait(false);
            for (var row = 0; row < articles.Count; row++)
                stories.Add(Story(path, stories.Count + 1, string.Concat(articles[row]), string.Concat(highlights[row]),
                    string.Concat(ids[row])));
        }
        return stories;
    }

    private static Story Story(string path, int number, string article, string highlights, string id) =>
        StoryFile.Story($"{path}: row {number}", number,
            new StoryRow { Article = article, Highlights = highlights, Id = JsonSerializer.SerializeToElement(id) });
}
