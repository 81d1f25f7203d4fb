using System.Globalization;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Summarization;

/// <summary>Reads stories.</summary>
internal static class StoryFile
{
    private const string Needed = "`text`, the prompt with its story, or `article` and `highlights`";

    /// <summary>Reads a file; of Parquet also several, which a folder or a pattern names.</summary>
    /// <param name="path">The file, folder or pattern.</param>
    /// <param name="left">Counts rows of Parquet that are no stories.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyList<Story>> ReadAsync(string path, LeftOut left, CancellationToken cancellationToken)
    {
        var files = FileSet.Of(path);
        if (files.Count > 0 && files.All(ParquetFile.Is))
            return await StoryParquet.ReadAsync(files, left, cancellationToken).ConfigureAwait(false) is { Count: > 0 } stories ? stories
                : throw new LlmKickException($"{path}: there is no story ({left.Reasons}); give a file with at least one.");
        var rows = await JsonLines.ReadAsync<StoryRow>(path, Needed, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => Story($"{path}:{row.Line}", row.Line, row.Value))];
    }

    /// <summary>The story of a row.</summary>
    /// <param name="place">File and line, for messages.</param>
    /// <param name="line">The row's number, which is its id where it has none.</param>
    /// <param name="row">The row.</param>
    public static Story Story(string place, int line, StoryRow row)
    {
        var id = (row.QuestionId ?? row.Id)?.ToString() ?? line.ToString(CultureInfo.InvariantCulture);
        var story = row.Article is { } article
            ? Summarization.Story.OfArticle(id, row.Category, article, row.Highlights ?? "")
            : Summarization.Story.Of(id, row.Category, row.Text ?? throw new LlmKickException($"{place}: not a row with {Needed}."));
        return story.Body.Length > 0 ? story
            : throw new LlmKickException($"{place}: there is no story; `text` is an instruction, a blank line and the story.");
    }
}
