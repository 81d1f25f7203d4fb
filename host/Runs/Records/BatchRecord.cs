using System.Text.Json.Serialization;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>A finished batch of samples.</summary>
/// <param name="Fingerprint">Fingerprint of the task and the batch's samples.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="Samples">Its samples, in order.</param>
/// <param name="Routing">What routers chose meanwhile; null where there are none.</param>
internal sealed record BatchRecord(string Fingerprint, double Seconds, IReadOnlyList<SampleRecord> Samples,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RouterChoices? Routing = null);

/// <summary>A finished sample.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Responses">Every answer, in the order of the requests.</param>
/// <param name="Scores">What the answers are worth.</param>
internal sealed record SampleRecord(string Id, IReadOnlyList<Response> Responses, Scores Scores);
