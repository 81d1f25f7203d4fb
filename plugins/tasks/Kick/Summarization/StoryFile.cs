using System.Globalization;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;

namespace LlmKick.Kick.Summarization;

/// <summary>Reads stories.</summary>
internal static class StoryFile
{
    public static async Task<IReadOnlyList<Story>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var rows = await JsonLinesFile.ReadAsync<StoryRow>(path, "`text`, the prompt with its story", cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => Story(path, row.Line, row.Value))];
    }

    private static Story Story(string path, int line, StoryRow row)
    {
        var id = row.QuestionId?.ToString() ?? line.ToString(CultureInfo.InvariantCulture);
        var story = Summarization.Story.Of(id, row.Category, row.Text);
        return story.Body.Length > 0 ? story : throw new LlmKickException($"{path}:{line}: there is no story; `text` is an instruction, a blank line and the story.");
    }
}
