using System.Text.Json.Serialization;
using LlmKick.Kick.Judging;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Summarization;

/// <summary>A story that is to be summarized.</summary>
/// <param name="Id">The story's id.</param>
/// <param name="Class">Its length class.</param>
/// <param name="Story">The story without highlights.</param>
/// <param name="Highlights">The reference summary's sentences; empty where there are none.</param>
/// <param name="Request">What is asked, or null: prompt and summary do not fit the model's context together.</param>
/// <param name="Asked">The instruction with its story.</param>
/// <param name="Judging">What a judge needs, or null.</param>
internal sealed record SummarizationSample(string Id, string Class, string Story, IReadOnlyList<string> Highlights,
    [property: JsonIgnore] GenerateRequest? Request, [property: JsonIgnore] string Asked,
    [property: JsonIgnore] JudgeSetup? Judging) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join(' ', Highlights);
}
