using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>A memory-mapped checkpoint of PyTorch (1.6 and later): an archive with a pickle that lists the tensors, and their
/// data.</summary>
internal sealed class TorchFile : IDisposable
{
    private const string List = "/data.pkl";
    // Some hundred bytes a tensor: half a million tensors.
    private const int LongestList = 1 << 26;

    private readonly MappedFile _file;
    private readonly IReadOnlyDictionary<string, ZipEntry> _entries;
    private readonly string _root;

    private TorchFile(MappedFile file)
    {
        _file = file;
        RequireArchive();
        _entries = ZipDirectory.Read(file);
        var lists = _entries.Keys.Where(name => name.EndsWith(List, StringComparison.Ordinal)).ToList();
        _root = lists is [var only] ? only[..^List.Length] : throw Fault($"its archive has {lists.Count} lists of tensors, not one");
        RequireLittleEndian();
        Tensors = StateDictionary.Find(new PickleMachine(new PickleBytes(Path, Content(_root + List))).Run())
            ?? throw Fault("it holds no tensors by name");
        foreach (var tensor in Tensors.Values)
            Locate(tensor);
    }

    public string Path => _file.Path;

    public IReadOnlyDictionary<string, TorchTensor> Tensors { get; }

    public static TorchFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new TorchFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A tensor in its own type, floats of 8 bits as their bytes; owned by the caller.</summary>
    public Tensor Read(string name)
    {
        var stored = Tensors[name];
        var dtype = stored.Dtype.ScalarType ?? (Float8.Is(stored.Dtype.Name) ? ScalarType.Byte
            : throw new LlmKickException($"Tensor '{name}' of '{Path}' is {stored.Dtype.Name}, which cannot be read."));
        using var scope = NewDisposeScope();
        var extent = empty([stored.Extent], dtype);
        Copy(Locate(stored), extent);
        return extent.as_strided(stored.Shape, stored.Strides).contiguous().MoveToOuterDisposeScope();
    }

    public void Dispose() => _file.Dispose();

    private void Copy(long start, Tensor extent)
    {
        var size = extent.element_size();
        // A span ends at 2^31 − 1 bytes, and elements have up to 8.
        const long AtOnce = 1 << 27;
        for (long first = 0; first < extent.numel(); first += AtOnce)
        {
            using var part = extent.narrow(0, first, Math.Min(AtOnce, extent.numel() - first));
            var bytes = part.bytes;
            _file.Span(start + first * size, bytes.Length).CopyTo(bytes);
        }
    }

    /// <summary>Where a tensor's first element is, bytes from the file's start.</summary>
    private long Locate(TorchTensor tensor)
    {
        if (!_entries.TryGetValue($"{_root}/data/{tensor.Storage.Key}", out var entry))
            throw Fault($"it lacks the data '{tensor.Storage.Key}' of a tensor");
        return tensor.Storage.Count <= entry.Length / tensor.Dtype.Size
            ? entry.Start + tensor.Offset * tensor.Dtype.Size
            : throw Fault($"the data '{tensor.Storage.Key}' has {entry.Length} bytes, less than {tensor.Storage.Count} elements of "
                + $"{tensor.Dtype.Name}");
    }

    private void RequireArchive()
    {
        var start = _file.Span(0, (int)Math.Min(4, _file.Length));
        if (start is [0x80, ..])
            throw new LlmKickException($"'{Path}' is in the format of PyTorch before 1.6, which is not read; load it there and save it "
                + $"again, best as safetensors.");
        if (start is not [(byte)'P', (byte)'K', 3, 4])
            throw StrangeFile.Explain(Path) is { } stranger
                ? new LlmKickException($"'{Path}' is not a valid PyTorch checkpoint: it is {stranger}.")
                : Fault("it is no archive as PyTorch writes them");
    }

    private void RequireLittleEndian()
    {
        if (_entries.ContainsKey(_root + "/byteorder") && !Content(_root + "/byteorder").AsSpan().SequenceEqual("little"u8))
            throw Fault("its numbers are not little-endian");
    }

    private byte[] Content(string name) => _entries[name] is { Length: <= LongestList } entry
        ? _file.Span(entry.Start, (int)entry.Length).ToArray()
        : throw Fault($"its entry '{name}' has {_entries[name].Length} bytes, over the limit of {LongestList}");

    private LlmKickException Fault(string what) => new($"'{Path}' is not a valid PyTorch checkpoint: {what}.{DamagedFile.Advice}");
}
