using System.Text.Json.Serialization;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs.Records;

/// <summary>A line of <c>samples/&lt;variant&gt;/&lt;task&gt;.jsonl</c>.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Responses">Every answer, in the order of the requests.</param>
/// <param name="Scores">What the answers are worth.</param>
/// <param name="Weight">The sample's weight in means; null where it is 1.</param>
/// <param name="Cluster">The cluster it belongs to, or null.</param>
/// <param name="JudgeReplies">What a judge wrote, or null.</param>
internal sealed record StoredSample(string Id, IReadOnlyList<Response> Responses, IReadOnlyDictionary<string, double> Scores,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Weight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cluster,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<JudgeReply>? JudgeReplies)
{
    /// <summary>The line of a finished sample.</summary>
    public static StoredSample Of(SampleRecord record) => new(
        record.Id, record.Responses, record.Scores.Values, record.Scores.Weight == 1 ? null : record.Scores.Weight, record.Scores.Cluster,
        record.Scores.JudgeReplies.Count > 0 ? record.Scores.JudgeReplies : null);
}
