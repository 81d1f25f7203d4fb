using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Adapters;

/// <summary>A LoRA adapter as PEFT saves it: settings, and for each changed tensor of the model what changes it.</summary>
internal sealed class AdapterFolder : IDisposable
{
    /// <summary>The types that adapters and what they change are read from.</summary>
    public static readonly string[] Floats = ["F32", "BF16", "F16", "F64"];

    private const string Weights = "adapter_model.safetensors";

    private readonly ITensorFiles _files;
    private readonly AdapterSettings _settings;
    private readonly ILookup<string, (AdapterPart Part, string Name)> _parts;

    private AdapterFolder(string path, AdapterSettings settings, ITensorFiles files)
    {
        (Path, _settings, _files) = (path, settings, files);
        if (files.Names.Count == 0)
            throw new LlmKickException(
                $"'{files.Files[0]}' has no tensors, so the adapter changes nothing: save it again, or leave it out.");
        _parts = files.Names.Select(name => (Own: AdapterName.Parse(name, files.Files[0]), Name: name))
            .ToLookup(row => row.Own.Target, row => (row.Own.Part, row.Name));
    }

    public string Path { get; }

    /// <summary>The files that decide what it does.</summary>
    public IReadOnlyList<string> Files => [System.IO.Path.Combine(Path, AdapterSettings.FileName), .. _files.Files];

    /// <summary>Settings that nothing here reads, in a sentence; null where there are none.</summary>
    public string? Remark => _settings.Unknown.Count == 0 ? null
        : $"'{System.IO.Path.Combine(Path, AdapterSettings.FileName)}' has settings that nothing here reads: "
            + $"{string.Join(", ", _settings.Unknown)}.";

    /// <summary>The tensors of the model that it changes, by the names that PEFT had them under.</summary>
    public IEnumerable<string> Targets => _parts.Select(row => row.Key);

    public static AdapterFolder Open(string path)
    {
        if (!File.Exists(System.IO.Path.Combine(path, AdapterSettings.FileName)))
            throw new LlmKickException(
                $"'{path}' has no '{AdapterSettings.FileName}'; give the folder of a LoRA adapter as PEFT saves it.");
        var settings = AdapterSettings.Read(path);
        if (!File.Exists(System.IO.Path.Combine(path, Weights)))
            throw new LlmKickException($"'{path}' has no '{Weights}'; save the adapter as safetensors.");
        var files = TensorFolder.OpenFile(System.IO.Path.Combine(path, Weights))!;
        try
        {
            return new AdapterFolder(path, settings, files);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Whether a tensor is replaced, and need not be in the base.</summary>
    public bool Replaces(string target) => Find(target, AdapterPart.Whole) is not null;

    /// <summary>The shape of a tensor that is replaced.</summary>
    public StoredTensor Describe(string target) => _files.Describe(Find(target, AdapterPart.Whole)!);

    /// <summary>A tensor of the model with what the adapter makes of it, float32, owned by the caller: W + scale · B·A.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="read">Reads what the base has; not asked where the tensor is replaced.</param>
    public Tensor Merge(string target, Func<Tensor> read)
    {
        using var scope = NewDisposeScope();
        var weight = (Find(target, AdapterPart.Whole) is { } whole ? _files.Read(whole) : read()).to_type(ScalarType.Float32);
        if (Product(target) is not { } change)
            return weight.MoveToOuterDisposeScope();
        return weight.add(change, Sdk.Tensors.Number.One).MoveToOuterDisposeScope();
    }

    /// <summary>Makes sure, from the headers alone, that what changes a tensor fits it.</summary>
    /// <param name="target">The tensor's name.</param>
    /// <param name="shape">Its shape in the base.</param>
    /// <exception cref="LlmKickException">It does not.</exception>
    public void Require(string target, IReadOnlyList<long> shape)
    {
        var embedding = Product(target, AdapterPart.EmbeddingDown, AdapterPart.EmbeddingUp);
        if ((Product(target, AdapterPart.Down, AdapterPart.Up) ?? embedding) is not var (outputs, inputs))
            return;
        long[] change = _settings.IsTransposed || embedding is not null ? [inputs, outputs] : [outputs, inputs];
        if (!change.SequenceEqual(shape))
            throw new LlmKickException($"'{Path}' changes '{target}' by a matrix of shape [{string.Join(", ", change)}], and the "
                + $"base has it of shape [{string.Join(", ", shape)}]: it is an adapter of another model.");
    }

    public void Dispose() => _files.Dispose();

    private Tensor? Product(string target)
    {
        if (Pair(target, AdapterPart.Down, AdapterPart.Up) is { } linear)
            return _settings.IsTransposed ? linear.t() : linear;
        return Pair(target, AdapterPart.EmbeddingDown, AdapterPart.EmbeddingUp)?.t();
    }

    private Tensor? Pair(string target, AdapterPart downPart, AdapterPart upPart)
    {
        if (Find(target, downPart) is not { } down || Find(target, upPart) is not { } up)
            return null;
        using var scope = NewDisposeScope();
        var change = Matrix(up).mm(Matrix(down)).mul(Sdk.Tensors.Number.Of(_settings.ScaleOf(Module(target))));
        return change.isfinite().all().item<bool>()
            ? change.MoveToOuterDisposeScope()
            : throw new LlmKickException(
                $"'{Path}' changes '{target}' by numbers that are NaN or infinite: the adapter is damaged, or its lora_alpha too large.");
    }

    private Tensor Matrix(string name) => _files.Read(name).to_type(ScalarType.Float32);

    /// <summary>The shape of B·A, or null where there is no such pair.</summary>
    private (long Outputs, long Inputs)? Product(string target, AdapterPart downPart, AdapterPart upPart)
    {
        var (down, up) = (Find(target, downPart), Find(target, upPart));
        if (down is null && up is null)
            return null;
        if (down is null || up is null)
            throw new LlmKickException(
                $"'{Path}' has one of the two matrices that change '{target}', and not the other; the file may be incomplete. "
                    + "Download it again.");
        var (a, b, rank) = (Shape(down), Shape(up), _settings.RankOf(Module(target)));
        return a[0] == rank && b[1] == rank
            ? (b[0], a[1])
            : throw new LlmKickException($"'{Path}' changes '{target}' by matrices of rank {a[0]} and {b[1]}, and "
                + $"{AdapterSettings.FileName} says {rank}: the two are not of one adapter.");
    }

    private IReadOnlyList<long> Shape(string name)
    {
        var (dtype, shape) = (_files.Describe(name).Dtype, _files.Describe(name).Shape);
        return !Floats.Contains(dtype)
            ? throw new LlmKickException(
                $"'{Path}' has the tensor '{name}' as {dtype}, which is not read as numbers of an adapter: save it "
                + $"as one of {string.Join(", ", Floats)}.")
            : shape.Count == 2 ? shape
            : throw new LlmKickException($"'{Path}' has the tensor '{name}' of {shape.Count} dimensions, and two are needed.");
    }

    private static string Module(string target) => target[..^".weight".Length];

    private string? Find(string target, AdapterPart part)
    {
        foreach (var (own, name) in _parts[target])
            if (own == part)
                return name;
        return null;
    }
}
