using System.Globalization;

namespace LlmKick.Sdk.Models;

/// <summary>How much memory this process may use.</summary>
public static class MachineMemory
{
    /// <summary>Bytes: the least of what the machine has, what the process's control groups allow, and what its limits on address space
    /// and data do.</summary>
    public static long Bytes { get; } = Math.Min(Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Machine()), Limits());

    /// <summary>What a list of a process's limits says, as Linux has it.</summary>
    /// <param name="lines">The lines of <c>/proc/self/limits</c>.</param>
    public static long OfLimits(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith("Max address space", StringComparison.Ordinal)
            || line.StartsWith("Max data size", StringComparison.Ordinal))
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3])
        .Select(soft => long.TryParse(soft, CultureInfo.InvariantCulture, out var bytes) ? bytes : long.MaxValue)
        .DefaultIfEmpty(long.MaxValue).Min();

    private static long Limits() => File.Exists("/proc/self/limits") ? OfLimits(File.ReadLines("/proc/self/limits")) : long.MaxValue;

    private static long Machine() => File.Exists("/proc/meminfo") && File.ReadLines("/proc/meminfo").First() is var line
        && long.TryParse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture,
            out var kilobytes)
        ? kilobytes * 1024 : long.MaxValue;
}
