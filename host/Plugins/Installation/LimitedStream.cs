using System.IO.Hashing;

namespace LlmKick.Plugins.Installation;

/// <summary>Passes on what is written, up to a limit.</summary>
/// <param name="target">Takes the bytes; stays open.</param>
/// <param name="limit">Bytes at most.</param>
/// <param name="fault">What is said beyond that.</param>
internal sealed class LimitedStream(Stream target, long limit, string fault) : Stream
{
    private readonly Crc32 checksum = new();

    /// <summary>Bytes so far.</summary>
    public long Written { get; private set; }

    /// <summary>Their CRC-32.</summary>
    public uint Checksum => checksum.GetCurrentHashAsUInt32();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    /// <exception cref="PackageFaultException">The limit is reached.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count(buffer);
        target.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Count(buffer.Span);
        return target.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Count(ReadOnlySpan<byte> bytes)
    {
        Written += bytes.Length;
        if (Written > limit)
            throw new PackageFaultException(fault);
        checksum.Append(bytes);
    }
}
