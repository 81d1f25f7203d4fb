using LlmKick.Terminals;

namespace LlmKick.Hub;

/// <summary>What would be fetched for an address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Bytes">Bytes of what is not here; null where no server could be asked.</param>
/// <param name="Files">Files of these; null likewise.</param>
/// <param name="Reason">Why the size is not known.</param>
internal sealed record PlannedFetch(RemoteAddress Address, long? Bytes, int? Files, string? Reason = null)
{
    /// <summary>Why it can never be had; null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>In a line.</summary>
    public string Sentence() => Files == 0 ? $"to fetch: {Address.Text}, no more than what is here or stands above" : Bytes is { } bytes
        ? $"to fetch: {Address.Text}, {ByteCount.OnDisk(bytes)}{(Files is { } files ? $" in {files} file{(files == 1 ? "" : "s")}" : "")}"
        : $"to fetch: {Address.Text}, size unknown{(Reason is null ? "" : $" ({Reason.TrimEnd('.')})")}";
}
