namespace LlmKick.Plugins.Installation;

/// <summary>The checksum of zip archives: CRC-32 with the reversed polynomial 0xEDB88320.</summary>
internal sealed class Checksum
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (rest, _) => rest >> 1 ^ (rest & 1) * 0xEDB88320))];

    private uint state = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public uint Value => ~state;

    /// <summary>Takes further bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            state = Table[(byte)(state ^ value)] ^ state >> 8;
    }
}
