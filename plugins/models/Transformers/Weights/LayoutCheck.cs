using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Weights;

/// <summary>Compares what a configuration asks for with what a source holds, before anything is allocated.</summary>
internal static class LayoutCheck
{
    public static void Require(ModelLayout layout, TransformerConfig config, IWeightSource source)
    {
        var used = new HashSet<string>(StringComparer.Ordinal) { GgufRotary.FactorsTensor };
        foreach (var (name, shape) in layout.Tensors())
        {
            RequireTensor(source, name, shape);
            used.Add(name);
        }
        if (config.TiedEmbeddings)
            used.Add(ModelLayout.Head);
        if (source.Names.FirstOrDefault(name => !used.Contains(name) && !IsDerived(name)) is { } unknown)
            throw new LlmKickException($"'{source.Path}' holds the tensor '{unknown}', which the architecture '{config.Architecture.Name}' does not use as configured; the checkpoint may be of another architecture.");
    }

    // Older checkpoints store the rotary frequencies, which follow from the configuration.
    private static bool IsDerived(string name) => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);

    private static void RequireTensor(IWeightSource source, string name, long[] expected)
    {
        if (!source.Contains(name))
            throw new LlmKickException($"'{source.Path}' lacks the tensor '{name}' of shape [{string.Join(", ", expected)}], which its configuration asks for; the file may be incomplete.");
        var found = source.Shape(name);
        if (!found.SequenceEqual(expected))
            throw new LlmKickException($"'{source.Path}' has the tensor '{name}' of shape [{string.Join(", ", found)}], its configuration asks for [{string.Join(", ", expected)}].");
    }
}
