using System.Runtime.InteropServices;

namespace LlmKick.Runs.Results;

/// <summary>The machine that a report was written on.</summary>
/// <param name="Os">The system.</param>
/// <param name="Architecture">The processor's.</param>
/// <param name="Cores">Processors that may be used.</param>
/// <param name="MemoryBytes">Memory that may be used.</param>
/// <param name="Dotnet">The runtime.</param>
internal sealed record Machine(string? Os, string? Architecture, int Cores, long MemoryBytes, string? Dotnet)
{
    /// <summary>This one.</summary>
    public static Machine Here() => new(RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.FrameworkDescription);
}
