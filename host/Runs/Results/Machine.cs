using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace LlmKick.Runs.Results;

/// <summary>The machine that a report was written on.</summary>
internal static class Machine
{
    /// <summary>System, processor and runtime.</summary>
    public static JsonObject Describe() => new()
    {
        ["os"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        ["cores"] = Environment.ProcessorCount,
        ["memory_bytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
    };
}
