using LlmKick.Sdk.Models;
using LlmKick.Transformers.Families;

namespace LlmKick.Transformers.Inspection;

/// <summary>What a text takes in the cache. A block that runs several times has an entry for each time, one that looks at the keys of
/// another has none, and blocks with a window keep all tokens.</summary>
internal static class CacheSizes
{
    private const int WideBytes = 8;

    public static IReadOnlyList<CacheSize> Of(ModelSpec spec)
    {
        var mixers = spec.Schedule.Select(block => spec.Block(block).Mixer).ToList();
        var numbers = mixers.Sum(mixer => mixer.Kept?.Count ?? 0);
        // Where rotations change with the length, tokens themselves are kept to be read anew.
        var tokens = new LengthRegimes(spec).Matter ? WideBytes : 0;
        var states = mixers.SelectMany(mixer => mixer.States).ToLookup(state => state.IsWide,
            state => state.Shape.Aggregate(1L, (product, size) => product * size));
        CacheSize Size(string dtype, int bytes) =>
            new(dtype, numbers * bytes + tokens, states[false].Sum() * bytes + states[true].Sum() * WideBytes);
        return [Size("float32", 4), Size("bfloat16", 2)];
    }
}
