using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Records;

/// <summary>What a run must remember beside its units.</summary>
/// <param name="Format">The layout of the folder.</param>
/// <param name="Device">The device that <paramref name="DataType"/> was resolved for.</param>
/// <param name="DataType">What <c>auto</c> meant.</param>
internal sealed record RunState(string Format, string Device, DataType DataType)
{
    /// <summary>The layout that this version writes.</summary>
    public const string CurrentFormat = "llmkick/run@1";
}
