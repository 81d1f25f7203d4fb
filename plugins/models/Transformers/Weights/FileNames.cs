using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Weights;

/// <summary>
/// The names that parameters have in files. Folders put other things before them: wrappers (<c>model.language_model.</c>), or nothing at
/// all (GPT-2 on the hub); the embedding's name tells what.
/// </summary>
internal sealed class FileNames
{
    private readonly IWeightSource _source;
    private readonly bool _isGguf;
    private readonly string _root;
    private readonly string _ownRoot;
    private readonly string _head;
    private readonly string _ownHead;
    private readonly Func<string, string>? _other;

    public FileNames(ModelSpec spec, IWeightSource source)
    {
        (_source, _isGguf) = (source, source is GgufWeights);
        _ownRoot = spec.Family.Root + ".";
        _ownHead = spec.Ends.Head + ".";
        _other = spec.Family.OtherName;
        _root = Before(source, spec.EndTensors.Embedding.Name, _ownRoot) ?? _ownRoot;
        var head = Before(source, spec.EndTensors.Head.Name, "") ?? "";
        _head = head + _ownHead;
    }

    /// <summary>The name in the file; null where its format has none for it.</summary>
    public string? Of(Parameter parameter)
    {
        if (_isGguf)
            return parameter.Gguf;
        var name = Of(parameter.Name);
        if (_other is not null && !_source.Contains(name) && _source.Contains(Of(_other(parameter.Name))))
            return Of(_other(parameter.Name));
        return parameter.Spec.Others.Count == 0 || _source.Contains(name) ? name
            : parameter.Spec.Others.Select(other => Of(parameter.Named(other))).FirstOrDefault(_source.Contains) ?? name;
    }

    /// <summary>The tensor of several that it lies in, by its name in the file; null where it is one of its own.</summary>
    public (string Name, StackPlace Place)? StackOf(Parameter parameter)
    {
        if (_isGguf)
            return parameter.Spec.GgufStack is { } gguf ? (parameter.Gguf!, gguf) : null;
        if (parameter.Spec.Stacks.Count == 0 || _source.Contains(Of(parameter.Name)))
            return null;
        foreach (var place in parameter.Spec.Stacks)
            if (Of(parameter.Named(place.Name)) + (place.IsMxfp4 ? Mxfp4Stack.Blocks : "") is var name && _source.Contains(name))
                return (name, place);
        return null;
    }

    /// <summary>The stack of floats that folders of its family have it in; null where they have none.</summary>
    public (string Name, StackPlace Place)? PossibleStackOf(Parameter parameter) =>
        parameter.Spec.Stacks.FirstOrDefault(stack => !stack.IsMxfp4) is { } place ? (Of(parameter.Named(place.Name)), place) : null;

    /// <summary>Its names where experts are apart and where they are stacked. Only routers have two (Mixtral's, by the age of the
    /// file).</summary>
    public (string Apart, string Stacked) LayoutNames(Parameter parameter) =>
        parameter.Spec is { Role: Sdk.Compression.LinearRole.Router, Others: [var other, ..] }
            ? (Of(parameter.Name), Of(parameter.Named(other))) : (Of(parameter)!, Of(parameter)!);

    private string Of(string name)
    {
        if (name.StartsWith(_ownRoot, StringComparison.Ordinal))
            return _root + name[_ownRoot.Length..];
        return name.StartsWith(_ownHead, StringComparison.Ordinal) ? _head + name[_ownHead.Length..] : name;
    }

    /// <summary>What stands before a name: what is usual, if the file has it so, or else the shortest.</summary>
    private static string? Before(IWeightSource source, string name, string usual) => source.Contains(usual + name) ? usual : source.Names
        .Where(other => other == name || other.EndsWith("." + name, StringComparison.Ordinal))
        .Select(other => other[..^name.Length]).OrderBy(before => before.Length).ThenBy(before => before, StringComparer.Ordinal)
        .FirstOrDefault();
}
