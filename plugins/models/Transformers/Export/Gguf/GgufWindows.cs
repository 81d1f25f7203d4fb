using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Which blocks have a window, and what they have of their own, as GGUF metadata say it.</summary>
internal static class GgufWindows
{
    public static string? Fault(ModelSpec spec)
    {
        var attentions = GgufSettings.Attentions(spec);
        if (attentions.Select(attention => attention.Window).OfType<int>().Distinct().Count() > 1)
            return "GGUF files have one width of windows, and this model's blocks have several";
        if (!spec.Family.GgufByKind && attentions.Select(attention => attention.HeadWidth).Distinct().Count() > 1)
            return $"GGUF files of the architecture '{spec.Family.GgufName}' have one width of heads, and this model's blocks have several";
        var first = attentions.Count - Shared(attentions);
        return attentions.Skip(first).Any(attention => attention.KeysOf != first - (attention.Window is null ? 1 : 2))
            ? "llama.cpp lets the last blocks look at the keys of the two blocks before them, and this model's look at others" : null;
    }

    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        var attentions = GgufSettings.Attentions(spec);
        if (attentions.Select(attention => attention.Window).OfType<int>().FirstOrDefault() is > 0 and var window)
        {
            yield return (Keys.Window.Gguf!, (uint)window);
            yield return (Keys.WindowPattern.Gguf!,
                Pattern([.. attentions.Select(attention => attention.Window is not null)], spec.Family));
        }
        if (!spec.Family.GgufByKind || attentions.FirstOrDefault(attention => attention.Window is not null) is not { } windowed)
            yield break;
        yield return ("attention.key_length_swa", (uint)windowed.HeadWidth);
        yield return ("attention.value_length_swa", (uint)windowed.HeadWidth);
        yield return ("attention.shared_kv_layers", (uint)Shared(attentions));
    }

    /// <summary>Every how many blocks one has no window (0: none is without), or a flag for each block where there is no such
    /// rule.</summary>
    private static object Pattern(bool[] windows, Family family)
    {
        if (family.GgufByKind)
            return windows;
        if (Array.TrueForAll(windows, window => window))
            return 0u;
        var period = Enumerable.Range(2, windows.Length - 1)
            .FirstOrDefault(every => windows.Index().All(block => block.Item
                == (family.GgufFullFirst ? block.Index % every > 0 : block.Index % every < every - 1)));
        return period > 0 ? (uint)period : windows;
    }

    private static int Shared(IReadOnlyList<FullAttention> attentions) => attentions.Count(attention => attention.KeysOf is not null);
}
