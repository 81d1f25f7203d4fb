namespace LlmKick.Tests.Runs.Shards;

/// <summary>A run, and the same run in parts on a machine where the model and its data are gone when the parts are put together.</summary>
public sealed class ShardedRun : IDisposable
{
    public ShardedRun()
    {
        Desk.Done("whole");
        foreach (var count in new[] { 2, 6 })
            for (var index = 1; index <= count; index++)
                Desk.Done(Name(index, count), "--shard", $"{index}/{count}");
        Directory.Delete(Desk.File("model"), recursive: true);
        File.Delete(Desk.File("text.txt"));
    }

    internal RunDesk Desk { get; } = new();

    public static string Name(int index, int count) => $"part{index}of{count}";

    /// <summary>Folders of parts.</summary>
    public string[] Parts(int count, params int[] without) =>
        [.. Enumerable.Range(1, count).Except(without).Select(index => Desk.File(Name(index, count)))];

    public void Dispose() => Desk.Dispose();
}
