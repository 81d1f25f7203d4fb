using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Weights;

/// <summary>
/// The names that parameters have in files. Folders put other things before them: wrappers (<c>model.language_model.</c>), or nothing at
/// all (GPT-2 on the hub); the embedding's name tells what.
/// </summary>
internal sealed class FileNames
{
    private readonly bool _isGguf;
    private readonly string _root;
    private readonly string _ownRoot;
    private readonly string _head;
    private readonly string _ownHead;

    public FileNames(ModelSpec spec, IWeightSource source)
    {
        _isGguf = source is GgufWeights;
        _ownRoot = spec.Family.Root + ".";
        _ownHead = spec.Ends.Head + ".";
        _root = Before(source, spec.EndTensors.Embedding.Name, _ownRoot) ?? _ownRoot;
        var head = Before(source, spec.EndTensors.Head.Name, "") ?? "";
        _head = head + _ownHead;
    }

    /// <summary>The name in the file; null where its format has none for it.</summary>
    public string? Of(Parameter parameter)
    {
        if (_isGguf)
            return parameter.Gguf;
        if (parameter.Name.StartsWith(_ownRoot, StringComparison.Ordinal))
            return _root + parameter.Name[_ownRoot.Length..];
        return parameter.Name.StartsWith(_ownHead, StringComparison.Ordinal) ? _head + parameter.Name[_ownHead.Length..] : parameter.Name;
    }

    /// <summary>What stands before a name: what is usual, if the file has it so, or else the shortest.</summary>
    private static string? Before(IWeightSource source, string name, string usual) => source.Contains(usual + name) ? usual : source.Names
        .Where(other => other == name || other.EndsWith("." + name, StringComparison.Ordinal))
        .Select(other => other[..^name.Length]).OrderBy(before => before.Length).ThenBy(before => before, StringComparer.Ordinal)
        .FirstOrDefault();
}
