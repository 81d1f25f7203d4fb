using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Storage;

namespace LlmKick.Runs.Shards;

/// <summary>A folder that holds a part of a run.</summary>
/// <param name="Path">As it was named.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Record">What it says of itself.</param>
internal sealed record ShardFolder(string Path, RunFolder Folder, ShardRecord Record)
{
    /// <summary>The parts among folders of runs; none where all are whole runs.</summary>
    /// <exception cref="LlmKickException">Parts and whole runs are named together, or parts of different runs.</exception>
    public static IReadOnlyList<ShardFolder> Find(IReadOnlyList<string> paths)
    {
        var parts = paths.Select(TryRead).OfType<ShardFolder>().ToList();
        if (parts.Count > 0 && parts.Count < paths.Count)
            throw new LlmKickException($"'{parts[0].Path}' is part {parts[0].Record.Index} of {parts[0].Record.Count} of a run, and "
                + $"'{paths.First(path => parts.TrueForAll(part => part.Path != path))}' is a whole run or none: put the parts together "
                + $"first, then report the result with other runs.");
        foreach (var other in parts.Skip(1))
            if (Difference(parts[0], other) is { } difference)
                throw new LlmKickException($"'{parts[0].Path}' and '{other.Path}' are not parts of one run: {difference}.");
        return parts;
    }

    private static ShardFolder? TryRead(string path)
    {
        var folder = new RunFolder(System.IO.Path.GetFullPath(path));
        return RunFile.TryReadJson<ShardRecord>(folder.Shard) is { Format: ShardRecord.CurrentFormat } record
            ? new ShardFolder(path, folder, record) : null;
    }

    private static string? Difference(ShardFolder first, ShardFolder other)
    {
        var (one, two) = (first.Record, other.Record);
        if (one.Count != two.Count)
            return $"the first is of {one.Count} and the other of {two.Count} parts: run one of them again with the other's --shard";
        if (one.Environment with { Threads = 0 } != two.Environment with { Threads = 0 } || one.DataType != two.DataType)
            return $"they were computed differently ({one.Environment.Device} {one.DataType}, libtorch {one.Environment.LibTorch}; "
                + $"{two.Environment.Device} {two.DataType}, libtorch {two.Environment.LibTorch}), which can change the last bits of "
                + $"every number";
        if (one.Environment.Threads != two.Environment.Threads)
            return $"they were computed with {one.Environment.Threads} and {two.Environment.Threads} threads, which can change the last "
                + $"bits of every number: give all the same --threads";
        return IsSame(one.Variants, two.Variants) ? null : "their recipes, models, data, or the builds of llmkick or its plugins differ";
    }

    private static bool IsSame(IReadOnlyList<ShardVariant> one, IReadOnlyList<ShardVariant> two) => Json(one) == Json(two);

    private static string Json(IReadOnlyList<ShardVariant> variants) => Storage.Json.Of(variants)!.ToJsonString();
}
