using LlmKick.Sdk;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Weights;

/// <summary>Compares what a model asks for with what a source holds, before anything is allocated.</summary>
internal static class LayoutCheck
{
    public static void Require(ModelSpec spec, IWeightSource files)
    {
        var source = new ParameterSource(spec, files);
        var used = new HashSet<string>(GgufRotary.Tensors, StringComparer.Ordinal);
        foreach (var parameter in spec.Parameters())
        {
            used.UnionWith(Found(source, parameter));
            if (source.StackOf(parameter) is var (name, place) && place.IsMxfp4)
                used.Add(Mxfp4Stack.ExponentsOf(name));
        }
        if (spec.IsTied && source.FileName(spec.Head) is { } head)
            used.Add(head);
        var unread = files.Names.Where(name => !used.Contains(name) && !UnreadTensors.AreDerived(name)).ToList();
        var others = UnreadTensors.OfOthers(spec, source, unread);
        if (unread.Except(others).FirstOrDefault() is { } unknown)
            throw new LlmKickException($"'{files.Path}' holds the tensor '{unknown}', which the architecture '{spec.Family.Name}' does not "
                + $"use as configured. Take the configuration that belongs to these weights, or another checkpoint.");
        if (others.Count > 0)
            spec.Config.Note($"{(others.Count == 1 ? "1 tensor is" : $"{others.Count} tensors are")} not read: "
                + UnreadTensors.Summary(others));
    }

    private static IEnumerable<string> Found(ParameterSource source, Parameter parameter)
    {
        var parts = source.Stored(parameter);
        if (parts.Count == 0)
            throw new LlmKickException($"'{source.Path}' cannot hold the tensor '{parameter.Name}', for which GGUF files have no name; "
                + $"take the original folder.");
        foreach (var (name, shape) in parts)
            RequireAt(source, parameter, name, shape);
        return parts.Select(part => part.Name);
    }

    private static void RequireAt(ParameterSource source, Parameter parameter, string name, long[] expected)
    {
        if (!source.Files.Contains(name))
            throw new LlmKickException($"'{source.Path}' lacks the tensor '{name}' of shape [{string.Join(", ", expected)}], which its "
                + $"configuration asks for; {(PackedAs(source.Files, name) is { } packed
                    ? $"it has '{packed}', and no quantization_config that says how to read that. Take the folder with its quantization "
                        + "settings, or the original model."
                    : "the file may be incomplete, or the configuration another model's. Download both again, or take another "
                        + "checkpoint.")}");
        var found = source.Files.Shape(name);
        // llama.cpp leaves out sizes of 1 where it writes a file again.
        var isSame = parameter.Spec.GgufForm is not null && source.Files is GgufWeights
            ? found.SkipWhile(size => size == 1).SequenceEqual(expected.SkipWhile(size => size == 1)) : found.SequenceEqual(expected);
        if (!isSame)
            throw new LlmKickException($"'{source.Path}' has the tensor '{name}' of shape [{string.Join(", ", found)}], its configuration "
                + $"asks for [{string.Join(", ", expected)}]. {source.Files switch
                {
                    FolderWeights folder when folder.IsPacked(name) =>
                        "It is packed: check that the bits of quantization_config are those that it was packed with.",
                    FolderWeights => "Take the configuration that belongs to these weights.",
                    _ => "Download the file again, or convert it anew.",
                }}");
        if (source.StackOf(parameter) is { Place.IsMxfp4: true } stack)
            Mxfp4Stack.Require(source.Files, name, stack.Place);
        else
            RequireFloats(source.Files, name);
    }

    /// <summary>A tensor that a weight is packed into by a quantization that no file describes; null where there is none.</summary>
    private static string? PackedAs(IWeightSource files, string weight) => weight.EndsWith(".weight", StringComparison.Ordinal)
        ? new[] { "qweight", "weight_packed" }.Select(part => weight[..^"weight".Length] + part).FirstOrDefault(files.Names.Contains)
        : null;

    /// <summary>Integers and 8-bit floats without scales are parts of something that is not described: as weights they would be
    /// wrong.</summary>
    private static void RequireFloats(IWeightSource files, string name)
    {
        if (files is FolderWeights folder && !folder.IsPacked(name) && folder.Files.Describe(name).Dtype is var dtype
            && dtype is not ("F32" or "F16" or "BF16" or "F64"))
            throw new LlmKickException(
                $"'{files.Path}' stores '{name}' as {dtype} and does not say how to read that (no quantization_config): "
                + "as plain weights the numbers would be wrong. Take the folder with its quantization settings, or the original model.");
    }
}
