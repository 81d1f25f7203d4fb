using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Quantization;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Folders;

/// <summary>The weights of a Hugging Face folder. Where a linear is stored packed, its weight goes by the name that it would
/// have.</summary>
internal sealed class FolderWeights : IWeightSource
{
    private const string Weight = ".weight";

    private readonly IPackedFormat? _format;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _packed;

    private FolderWeights(ITensorFiles files, IPackedFormat? format)
    {
        (Files, _format) = (files, format);
        _packed = [.. files.Names.Select(PackedModule).OfType<string>()];
        _names = [.. files.Names.Where(name => !IsPart(name)), .. _packed.Select(module => module + Weight)];
    }

    /// <summary>The files' own tensors.</summary>
    public ITensorFiles Files { get; }

    public string Path => Files.Path;

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>How linears are quantized, in words; null where they are not.</summary>
    public string? Quantization => _format?.Description;

    public string? Remark => Files.Remark ?? _format?.Remark;

    public static FolderWeights Open(string folder) => Over(TensorFolder.Open(folder));

    /// <summary>Takes files over: they are closed with these weights, or at once where their descriptions are wrong.</summary>
    public static FolderWeights Over(ITensorFiles files)
    {
        try
        {
            return new FolderWeights(files, PackedFormats.Find(files));
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Whether a weight is stored packed.</summary>
    public bool IsPacked(string name) => Module(name) is not null;

    public IReadOnlyList<long> Shape(string name) => Module(name) is { } module ? _format!.Shape(module) : Files.Describe(name).Shape;

    /// <summary>A weight with all tensors that stand for it.</summary>
    public StoredTensor Stored(string name)
    {
        if (Module(name) is not { } module)
            return Files.Describe(name);
        var parts = _format!.Parts.Select(part => $"{module}.{part}").Where(Files.Contains).Select(Files.Describe).ToList();
        return new StoredTensor(_format.Dtype(module), _format.Shape(module), parts.Sum(part => part.Bytes));
    }

    public ScalarType? StoredType(string name) => Module(name) is not null ? null : Files.Describe(name).Dtype switch
    {
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        _ => null,
    };

    public Tensor Read(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var values = Module(name) is { } module ? _format!.Read(module) : ReadPlain(name);
        return (values.dtype == dtype ? values : values.to_type(dtype)).MoveToOuterDisposeScope();
    }

    public Tensor Read(string name, int slice, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var values = Module(name) is null && StoredType(name) is not null ? Files.Read(name, slice) : Read(name, dtype)[slice].clone();
        return (values.dtype == dtype ? values : values.to_type(dtype)).MoveToOuterDisposeScope();
    }

    public QuantizedWeight? Quantized(string name) => Module(name) is { } module ? _format!.Quantized(module) : null;

    public LinearEncoding Encoding(string name) => Module(name) is { } module ? _format!.Encoding(module) : LinearEncoding.Dense;

    public string ContentHash()
    {
        var descriptions = PackedFormats.Descriptions.Prepend("config.json").Select(file => System.IO.Path.Combine(Path, file))
            .Where(File.Exists);
        return Weights.FileDigest.OfFiles(Files.Files.Concat(descriptions));
    }

    public void Dispose() => Files.Dispose();

    private Tensor ReadPlain(string name)
    {
        var stored = Files.Read(name);
        var dtype = Files.Describe(name).Dtype;
        return Float8.Is(dtype) ? Float8.Decode(stored, dtype) : stored;
    }

    private string? Module(string name) =>
        name.EndsWith(Weight, StringComparison.Ordinal) && _packed.Contains(name[..^Weight.Length]) ? name[..^Weight.Length] : null;

    private string? PackedModule(string name) => Split(name) is var (module, part)
        && _format?.Markers.Contains(part) == true ? module : null;

    private bool IsPart(string name) => Split(name) is var (module, part) && _format?.Parts.Contains(part) == true
        && _packed.Contains(module);

    private static (string Module, string Part) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
    }
}
