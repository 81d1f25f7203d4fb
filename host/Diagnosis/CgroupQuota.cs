using System.Globalization;

namespace LlmKick.Diagnosis;

/// <summary>The share of processors that a Linux container may use.</summary>
internal static class CgroupQuota
{
    /// <summary>Reads the quota in cores, of cgroups version 2 or 1; null without one.</summary>
    /// <param name="groups">The process's groups.</param>
    /// <param name="root">Where cgroups are mounted.</param>
    public static double? Read(string groups = "/proc/self/cgroup", string root = "/sys/fs/cgroup")
    {
        if (!File.Exists(groups))
            return null;
        var lines = File.ReadAllLines(groups).Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3).ToList();
        return lines.Select(parts => parts[1].Length == 0
                ? Ratio(Values(root, parts[2], "cpu.max"))
                : parts[1].Split(',').Contains("cpu") ? Ratio([.. Values(root + "/cpu", parts[2], "cpu.cfs_quota_us"),
                    .. Values(root + "/cpu", parts[2], "cpu.cfs_period_us")]) : null)
            .FirstOrDefault(quota => quota is not null);
    }

    // Inside a container the group's own folder is mounted as the root.
    private static string[] Values(string root, string group, string file)
    {
        string[] places = [Path.Join(root, group, file), Path.Join(root, file)];
        return places.FirstOrDefault(File.Exists) is { } path ? File.ReadAllText(path)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static double? Ratio(string[] values) =>
        values.Length == 2 && long.TryParse(values[0], CultureInfo.InvariantCulture, out var quota)
            && long.TryParse(values[1], CultureInfo.InvariantCulture, out var period) && quota > 0 && period > 0
            ? quota / (double)period
            : null;
}
