using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>A model's parameters as they are computed with, whatever names, orders and offsets its files have.</summary>
internal sealed class ParameterSource(ModelSpec spec, IWeightSource files)
{
    private readonly FileNames _names = new(spec, files);

    public string Path => files.Path;

    public IWeightSource Files => files;

    /// <summary>The name in the file; null where its format has none for it.</summary>
    public string? FileName(Parameter parameter) => _names.StackOf(parameter)?.Name ?? _names.Of(parameter);

    /// <summary>The name in a folder of its layout that it has, or would have by itself.</summary>
    public string OwnName(Parameter parameter) => _names.Of(parameter)!;

    /// <summary>The tensor of several that it lies in, by its name in the file; null where it is one of its own.</summary>
    public (string Name, StackPlace Place)? StackOf(Parameter parameter) => _names.StackOf(parameter);

    /// <summary>Whether the file has all that it is made of.</summary>
    public bool Contains(Parameter parameter) =>
        FileName(parameter) is not null && Stored(parameter).All(part => files.Contains(part.Name));

    /// <summary>The tensors of the file that it is made of, with the shapes that they would have if they are as they should be: most are
    /// one; none where its format has no name for it.</summary>
    public IReadOnlyList<(string Name, long[] Shape)> Stored(Parameter parameter) =>
        FormOf(parameter) is { } form ? [.. form.Parts.Select(part => (parameter.InGguf(part.Name), part.Shape))]
            : FileName(parameter) is { } name ? [(name, StoredShape(parameter))] : [];

    private long[] StoredShape(Parameter parameter) => IsListed(parameter) ? []
        : _names.StackOf(parameter) is var (_, place) ? place.Shape
        : IsTransposed(parameter) ? [.. parameter.Spec.Shape.Reverse()] : parameter.Spec.Shape;

    /// <summary>The same for floats: where a stack is stored as MXFP4, the one that it would be.</summary>
    public (string Name, StackPlace Place)? FloatStackOf(Parameter parameter) => StackOf(parameter) is var (name, place) && place.IsMxfp4
        ? (Mxfp4Stack.FloatsOf(name), parameter.Spec.Stacks.First(other => !other.IsMxfp4)) : StackOf(parameter);

    /// <summary>The stack of floats that it lies in where experts are stacked; null where its family has none.</summary>
    public (string Name, StackPlace Place)? PossibleStackOf(Parameter parameter) =>
        FloatStackOf(parameter) ?? _names.PossibleStackOf(parameter);

    /// <summary>Its names in a folder whose experts are apart, and in one whose experts are stacked.</summary>
    public (string Apart, string Stacked) LayoutNames(Parameter parameter) => _names.LayoutNames(parameter);

    /// <summary>The names of all tensors that parameters are read from.</summary>
    public HashSet<string> FileNames(IEnumerable<Parameter> parameters)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            names.UnionWith(Stored(parameter).Select(part => part.Name));
            if (StackOf(parameter) is { Place.IsMxfp4: true, Name: var blocks })
                names.Add(Mxfp4Stack.ExponentsOf(blocks));
        }
        return names;
    }

    /// <summary>A parameter on the CPU, owned by the caller.</summary>
    public Tensor Read(Parameter parameter, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        if (FormOf(parameter) is { } form)
            return form.Join([.. Stored(parameter).Select(part => files.Read(part.Name, dtype).reshape(part.Shape))])
                .MoveToOuterDisposeScope();
        return Restored(parameter, _names.StackOf(parameter) is var (name, place) ? Taken(name, place, parameter.Spec.Shape[0], dtype)
            : files.Read(FileName(parameter)!, dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>The integers that a linear is stored as, owned by the caller's dispose scope; null where it is stored as floats.</summary>
    public QuantizedWeight? Quantized(Parameter parameter) => _names.StackOf(parameter) is not var (name, place)
        ? files.Quantized(FileName(parameter)!)
        : place.IsMxfp4 ? Mxfp4Stack.Read(files, name, place) : null;

    /// <summary>How a linear is stored.</summary>
    public LinearEncoding Encoding(Parameter parameter) => _names.StackOf(parameter) is null ? files.Encoding(FileName(parameter)!)
        : _names.StackOf(parameter)!.Value.Place.IsMxfp4 ? Mxfp4Stack.Encoding : LinearEncoding.Dense;

    private GgufForm? FormOf(Parameter parameter) => files is GgufWeights ? parameter.Spec.GgufForm : null;

    /// <summary>Whether it is a number in the metadata.</summary>
    private bool IsListed(Parameter parameter) => files is GgufWeights && parameter.Spec.GgufKey is not null;

    private bool IsTransposed(Parameter parameter) => files is not GgufWeights && parameter.Spec.Transposed && !IsPacked(parameter);

    private bool IsPacked(Parameter parameter) => files is FolderWeights folder && folder.IsPacked(FileName(parameter)!);

    private Tensor Taken(string name, StackPlace place, long rows, ScalarType dtype)
    {
        var slice = place.IsMxfp4 ? Mxfp4Stack.Read(files, name, place).Decode().to_type(dtype) : files.Read(name, place.Slice, dtype);
        return place.IsMxfp4 ? slice : slice.slice(place.Transposed ? 1 : 0, place.First, place.First + rows * place.Step, place.Step)
            .contiguous();
    }

    private Tensor Restored(Parameter parameter, Tensor stored)
    {
        if (IsListed(parameter))
            return stored.view(parameter.Spec.Shape);
        if (IsTransposed(parameter) || _names.StackOf(parameter)?.Place.Transposed == true)
            return stored.t().contiguous();
        if (files is not GgufWeights)
            return stored;
        if (parameter.Spec.Offset != 0)
            return stored.sub(Number.Of(parameter.Spec.Offset));
        return parameter.Spec.Rows is { } rows
            && new RowReordering(rows, spec.Family.GgufPairs) is { IsNeeded: true } order ? order.FromGguf(stored) : stored;
    }
}
