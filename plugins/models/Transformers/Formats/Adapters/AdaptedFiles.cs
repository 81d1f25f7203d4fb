using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Adapters;

/// <summary>The tensors of a model's folder as an adapter changes them. They keep the base's type in name; those changed are read as
/// float32, so that nothing is lost.</summary>
internal sealed class AdaptedFiles : ITensorFiles
{
    private readonly ITensorFiles _base;
    private readonly AdapterFolder _adapter;

    /// <summary>From a tensor of the model to the adapter's name of it.</summary>
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);

    private AdaptedFiles(ITensorFiles files, AdapterFolder adapter)
    {
        (_base, _adapter) = (files, adapter);
        foreach (var target in adapter.Targets)
            if (!_targets.TryAdd(NameInBase(target), target))
                throw new LlmKickException($"'{adapter.Path}' changes '{NameInBase(target)}' under two names.");
        foreach (var (name, target) in _targets)
            adapter.Require(target, (adapter.Replaces(target) ? adapter.Describe(target) : files.Describe(name)).Shape);
        Names = [.. files.Names.Union(_targets.Keys)];
    }

    public string Path => _base.Path;

    public string Format => _base.Format;

    public IReadOnlyList<string> Files => [.. _base.Files, .. _adapter.Files];

    public IReadOnlyCollection<string> Names { get; }

    public string? Remark => _adapter.Remark;

    /// <summary>Opens both; they are closed together, or at once where they do not fit.</summary>
    public static AdaptedFiles Open(string folder, string adapterFolder)
    {
        var adapter = AdapterFolder.Open(adapterFolder);
        ITensorFiles? files = null;
        try
        {
            files = TensorFolder.Open(folder);
            return new AdaptedFiles(files, adapter);
        }
        catch
        {
            files?.Dispose();
            adapter.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _base.Contains(name) || _targets.ContainsKey(name);

    public StoredTensor Describe(string name) => _targets.TryGetValue(name, out var target) && _adapter.Replaces(target)
        ? _adapter.Describe(target)
        : _base.Describe(name);

    public ReadOnlySpan<byte> Bytes(string name)
    {
        if (!_targets.ContainsKey(name))
            return _base.Bytes(name);
        using var merged = Read(name);
        using var stored = merged.to_type(SafetensorsDtype.Find(Describe(name).Dtype)!.ScalarType!.Value);
        return stored.bytes.ToArray();
    }

    public Tensor Read(string name) => _targets.TryGetValue(name, out var target) ? _adapter.Merge(target, () => _base.Read(name))
        : _base.Read(name);

    public void Dispose()
    {
        _base.Dispose();
        _adapter.Dispose();
    }

    /// <summary>A target's name in the base's files, which may have another prefix than the model had in memory.</summary>
    private string NameInBase(string target)
    {
        if (Has(target))
            return target;
        for (var rest = target; rest.Count(letter => letter == '.') >= 2;)
        {
            rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..];
            var found = _base.Names.Where(name => name == rest || name.EndsWith("." + rest, StringComparison.Ordinal)).Take(2).ToList();
            if (found is [var only] && Has(only))
                return only;
            if (found.Count > 1)
                break;
        }
        return _adapter.Replaces(target) && target.EndsWith("lm_head.weight", StringComparison.Ordinal) ? target
            : throw new LlmKickException(
            $"'{_adapter.Path}' changes '{target}', which '{Path}' does not have as a tensor of floats: give the base that the "
                + $"adapter was trained on, not quantized.");
    }

    private bool Has(string name) => _base.Contains(name) && Array.IndexOf(AdapterFolder.Floats, _base.Describe(name).Dtype) >= 0;
}
