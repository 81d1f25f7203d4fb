using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs.Records;

/// <summary>A finished sample.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Responses">Every answer, in the order of the requests.</param>
/// <param name="Scores">What the answers are worth.</param>
internal sealed record SampleRecord(string Id, IReadOnlyList<Response> Responses, Scores Scores);
