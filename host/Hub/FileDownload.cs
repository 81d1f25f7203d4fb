using System.Net;
using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk;
using LlmKick.Terminals;

namespace LlmKick.Hub;

/// <summary>Fetches one file: goes on where an earlier process stopped, and takes nothing whose hash is another.</summary>
/// <param name="http">Asks servers.</param>
internal sealed class FileDownload(HubHttp http)
{
    private const int BufferSize = 1 << 17;
    // Bytes that were cut wrong once may well be right the next time; a server that has others will always send them.
    private const int MostWrong = 3;

    /// <summary>Fetches the file.</summary>
    /// <param name="wanted">What it is.</param>
    /// <param name="part">Where it is put together: what is there already is hashed, and gone on with.</param>
    /// <param name="arrived">Told how many bytes more arrived; fewer where some are thrown away.</param>
    /// <param name="cancellationToken">Ends it; what arrived stays.</param>
    /// <exception cref="LlmKickException">The server does not have what it should.</exception>
    public async Task FetchAsync(WantedFile wanted, string part, Action<long> arrived, CancellationToken cancellationToken)
    {
        using var target = new PartFile(part, wanted, arrived);
        await target.HashAsync(cancellationToken);
        for (var wrong = 0; ; )
        {
            if (!target.IsWhole && (wanted.Size is not null || !target.IsRight()))
                await http.TryAsync(() => GoOnAsync(wanted, target, cancellationToken), () => target.Most, cancellationToken);
            if (target.IsRight())
                break;
            target.Restart();
            if (++wrong >= MostWrong)
                throw new LlmKickException($"'{wanted.Address.Authority}' sends other bytes for '{wanted.Name}' than its hash says, "
                    + $"{MostWrong} times: {wanted.WrongAdvice}");
        }
        target.Flush();
    }

    private async Task<bool> GoOnAsync(WantedFile wanted, PartFile target, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(wanted.Address, target.Length, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            target.Restart();
            throw new PassingException($"'{wanted.Address.Authority}' does not go on with '{wanted.Name}'", "try again.");
        }
        if (response.StatusCode == HttpStatusCode.OK || response.Content.Headers.ContentRange?.From != target.Length)
        {
            var isWrongRange = response.StatusCode != HttpStatusCode.OK;
            target.Restart();
            if (isWrongRange)
                throw new PassingException($"'{wanted.Address.Authority}' sends another part of '{wanted.Name}' than was asked for",
                    "try again.");
        }
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferSize];
        while (await http.ReadAsync(wanted.Address, body, buffer, cancellationToken) is > 0 and var count)
            target.Append(buffer.AsSpan(0, count));
        return target.IsWhole || wanted.Size is null ? true
            : throw new PassingException($"'{wanted.Address.Authority}' ends '{wanted.Name}' too early",
                "try again; what was fetched is kept.");
    }
}

/// <summary>A file that is to be fetched.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Size">Bytes; null where that is not known before.</param>
/// <param name="Hash">SHA-256 of its content, or git's hash of it, in hex.</param>
/// <param name="WrongAdvice">What to do where the server has another.</param>
internal sealed record WantedFile(string Name, Uri Address, long? Size, string Hash, string WrongAdvice);

/// <summary>A file that grows as its bytes arrive.</summary>
internal sealed class PartFile : IDisposable
{
    private const int BufferSize = 1 << 20;
    private const long MostUnknown = 1L << 40;

    private readonly WantedFile wanted;
    private readonly Action<long> arrived;
    private readonly FileStream file;
    private IncrementalHash hash;
    private long told;

    public PartFile(string path, WantedFile wanted, Action<long> arrived)
    {
        (this.wanted, this.arrived) = (wanted, arrived);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        hash = NewHash();
    }

    /// <summary>Bytes that are here.</summary>
    public long Length { get; private set; }

    /// <summary>The most that there ever were.</summary>
    public long Most { get; private set; }

    /// <summary>Whether all are here.</summary>
    public bool IsWhole => Length == wanted.Size;

    /// <summary>Hashes what an earlier process left.</summary>
    public async Task HashAsync(CancellationToken cancellationToken)
    {
        if (file.Length > (wanted.Size ?? MostUnknown))
            file.SetLength(0);
        var buffer = new byte[BufferSize];
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            Count(buffer.AsSpan(0, count));
    }

    /// <summary>Takes bytes.</summary>
    /// <exception cref="PassingException">There are more than the file has.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > (wanted.Size ?? MostUnknown))
        {
            Restart();
            throw new PassingException($"'{wanted.Address.Authority}' sends more for '{wanted.Name}' than the "
                + $"{ByteCount.OnDisk(wanted.Size ?? MostUnknown)} that it has", wanted.WrongAdvice);
        }
        file.Write(bytes);
        Count(bytes);
        told += bytes.Length;
        arrived(bytes.Length);
    }

    /// <summary>Throws everything away.</summary>
    public void Restart()
    {
        arrived(-told);
        file.SetLength(0);
        (Length, told, hash) = (0, 0, NewHash());
    }

    /// <summary>Whether the content is what it should be.</summary>
    public bool IsRight() => Convert.ToHexStringLower(hash.GetCurrentHash()) == wanted.Hash;

    /// <summary>Brings everything to the disk.</summary>
    public void Flush() => file.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        hash.Dispose();
        file.Dispose();
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        Length += bytes.Length;
        Most = Math.Max(Most, Length);
    }

    /// <summary>Git hashes its kind and length before the content.</summary>
    private IncrementalHash NewHash()
    {
        if (SafePath.IsSha256(wanted.Hash))
            return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var git = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        git.AppendData(Encoding.ASCII.GetBytes($"blob {wanted.Size}\0"));
        return git;
    }
}
