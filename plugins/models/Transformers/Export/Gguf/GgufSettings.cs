using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of an architecture: sizes, norms, positions.</summary>
internal static class GgufSettings
{
    public static IEnumerable<GgufPair> Of(ModelSpec spec) => All(spec).Where(pair => pair.Value is not null).Select(pair => GgufPair.Of($"{spec.Family.GgufName}.{pair.Key}", pair.Value!));

    private static IEnumerable<(string Key, object? Value)> All(ModelSpec spec)
    {
        var (c, attention) = (spec.Config, spec.Block(0).Mixer as FullAttention);
        yield return (Keys.Blocks.Gguf!, (uint)spec.BlockCount);
        yield return (Keys.Context.Gguf!, (uint)spec.Context);
        yield return (Keys.Width.Gguf!, (uint)spec.Width);
        yield return (Keys.FeedForwardWidth.Gguf!, (uint)FeedWidth(spec));
        yield return (Keys.Heads.Gguf!, (uint)c.Heads);
        yield return (Keys.KeyValueHeads.Gguf!, (uint)(attention?.KeyValueHeads ?? c.KeyValueHeads));
        yield return (Keys.HeadWidth.Gguf!, (uint)c.HeadWidth);
        yield return ("attention.value_length", (uint)c.HeadWidth);
        var norm = spec.Block(0).Flow.Norms[0];
        yield return ((norm.Centred ? Keys.LayerEpsilon : Keys.RmsEpsilon).Gguf!, (float)norm.Epsilon);
        yield return (Keys.Vocabulary.Gguf!, (uint)spec.Vocabulary);
        foreach (var pair in Rotary(spec))
            yield return pair;
    }

    private static int FeedWidth(ModelSpec spec) =>
        (int)spec.Block(0).Feed.Parameters.First(part => part.Role == Sdk.Compression.LinearRole.Down).Shape[1];

    private static IEnumerable<(string Key, object? Value)> Rotary(ModelSpec spec)
    {
        if (RotaryFactors.Rotary(spec) is not { } rotary)
            yield break;
        yield return (Keys.RotaryWidth.Gguf!, (uint)rotary.Width);
        yield return (Keys.RotaryBase.Gguf!, (float)rotary.Base);
        if (rotary.Scaling is LinearScaling { Factor: var factor })
        {
            yield return ("rope.scaling.type", "linear");
            yield return ("rope.scaling.factor", (float)factor);
        }
    }
}
