using System.Text.Json;
using LlmKick.Kick.Questions;

namespace LlmKick.Kick.Summarization;

/// <summary>Reads CNN/DailyMail as the Hugging Face hub has it.</summary>
internal static class StoryParquet
{
    private const string Needed = "CNN/DailyMail as the hub has it, such as 3.0.0/validation-00000-of-00001.parquet";

    /// <summary>Reads files one after another; rows without an article are counted.</summary>
    public static async Task<IReadOnlyList<Story>> ReadAsync(IReadOnlyList<string> paths, LeftOut left,
        CancellationToken cancellationToken)
    {
        var stories = new List<Story>();
        foreach (var path in paths)
            await ReadAsync(path, stories, left, cancellationToken).ConfigureAwait(false);
        return stories;
    }

    private static async Task ReadAsync(string path, List<Story> stories, LeftOut left, CancellationToken cancellationToken)
    {
        var file = new ParquetFile(path, Needed);
        var (groups, number) = (await file.CountGroupsAsync().ConfigureAwait(false), 0);
        for (var group = 0; group < groups; group++)
        {
            var articles = await file.ReadAsync(group, "article", cancellationToken).ConfigureAwait(false);
            var highlights = await file.ReadAsync(group, "highlights", cancellationToken).ConfigureAwait(false);
            var ids = await file.ReadAsync(group, "id", cancellationToken).ConfigureAwait(false);
            for (var row = 0; row < articles.Count; row++)
            {
                number++;
                if (string.IsNullOrWhiteSpace(string.Concat(articles[row])))
                    left.Add("without an article");
                else
                    stories.Add(Story(path, number, string.Concat(articles[row]), string.Concat(highlights[row]),
                        string.Concat(ids[row])));
            }
        }
    }

    private static Story Story(string path, int number, string article, string highlights, string id) =>
        StoryFile.Story($"{path}: row {number}", number,
            new StoryRow { Article = article, Highlights = highlights, Id = JsonSerializer.SerializeToElement(id) });
}
