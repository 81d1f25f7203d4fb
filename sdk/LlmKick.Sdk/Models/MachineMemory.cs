using System.Globalization;

namespace LlmKick.Sdk.Models;

/// <summary>How much memory this process may use.</summary>
public static class MachineMemory
{
    /// <summary>Bytes: the least of what the machine has, what the process's control groups allow, and what its limits on address space
    /// and data do.</summary>
    public static long Bytes { get; } = OperatingSystem.IsLinux()
        ? Math.Min(Machine(), Math.Min(OfGroups("/proc/self/cgroup", "/sys/fs/cgroup"), OfLimits(Lines("/proc/self/limits"))))
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What a list of a process's limits says.</summary>
    /// <param name="lines">The lines of <c>/proc/self/limits</c>.</param>
    internal static long OfLimits(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith("Max address space", StringComparison.Ordinal)
            || line.StartsWith("Max data size", StringComparison.Ordinal))
        .Select(line => Number(Words(line)[3])).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>What control groups of version 1 or 2 allow.</summary>
    /// <param name="groups">The process's groups, <c>/proc/self/cgroup</c>.</param>
    /// <param name="root">Where control groups are mounted.</param>
    internal static long OfGroups(string groups, string root) => Lines(groups).Select(line => line.Split(':', 3))
        .Where(parts => parts.Length == 3 && (parts[1].Length == 0 || parts[1].Split(',').Contains("memory")))
        .SelectMany(parts => parts[1].Length == 0
            ? [Path.Join(root, parts[2], "memory.max"), Path.Join(root, "memory.max")]
            : (string[])[Path.Join(root, "memory", parts[2], "memory.limit_in_bytes"),
                Path.Join(root, "memory", "memory.limit_in_bytes")])
        .SelectMany(Lines).Select(Number).DefaultIfEmpty(long.MaxValue).Min();

    private static long Machine() => Lines("/proc/meminfo").FirstOrDefault() is { } line && Number(Words(line)[1]) is var kilobytes
        && kilobytes < long.MaxValue / 1024 ? kilobytes * 1024 : long.MaxValue;

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number; "max" and "unlimited" are none.</summary>
    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var bytes) ? bytes : long.MaxValue;
}
