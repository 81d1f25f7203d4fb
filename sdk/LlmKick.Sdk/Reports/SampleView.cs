using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Reports;

/// <summary>A sample as a variant answered it.</summary>
/// <param name="Id">Its id, the same on every variant.</param>
/// <param name="Responses">The answers, in the order of the requests.</param>
/// <param name="Scores">What they are worth, by name.</param>
/// <param name="Weight">The sample's weight in means.</param>
/// <param name="Cluster">The cluster it belongs to, or null.</param>
public sealed record SampleView(string Id, IReadOnlyList<Response> Responses, IReadOnlyDictionary<string, double> Scores, double Weight = 1,
    string? Cluster = null);
