using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Which linears are quantized.</summary>
public record SelectionOptions
{
    /// <summary>Patterns of those that are quantized.</summary>
    [Option("Linears to quantize, as patterns of BLOCK.NAME: \"*.down_proj\", \"first.*\", \"7.self_attn.*\"; all but routers and "
        + "convolutions unless given.")]
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of those that are left as they are.</summary>
    [Option("Linears to leave as they are, as patterns; wins over include.")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether a linear is quantized: routers and convolutions where a pattern names them, the others unless patterns name none of
    /// them.</summary>
    internal bool Selects(LinearPlace place) => IsIncluded(place) && !Exclude.Any(p => Matches(p, place));

    /// <summary>Every pattern that is given.</summary>
    internal virtual IEnumerable<string> Patterns => Include.Concat(Exclude);

    /// <summary>Refuses patterns that mean nothing in a model, or leave nothing of it to quantize.</summary>
    /// <exception cref="LlmKickException">A pattern matches no linear, or no linear is selected.</exception>
    internal void RequireMatches(ITransformer model)
    {
        var open = Patterns.Distinct().ToList();
        var selects = Include.Count + Exclude.Count == 0;
        for (var index = 0; index < model.BlockCount && (open.Count > 0 || !selects); index++)
        {
            using var block = model.Open(index);
            var context = new GroupContext(index, 0, model.BlockCount);
            selects = selects || block.Groups.SelectMany(g => g.Linears).Any(l => Selects(context.PlaceOf(l)));
            open.RemoveAll(p => block.Groups.SelectMany(g => g.Linears)
                .Any(l => new LinearPattern(p).Matches(index, model.BlockCount, l.Name)));
            if (open.Count > 0 && index == model.BlockCount - 1)
                throw new LlmKickException(
                    $"The pattern '{open[0]}' matches no linear of the model. Patterns are compared with BLOCK.NAME, such as "
                        + $"'{index}.{block.Groups[0].Linears[0].Name}'; its linears are "
                        + $"{string.Join(", ", block.Groups.SelectMany(g => g.Linears).Select(l => l.Name))}.");
        }
        if (!selects)
            throw new LlmKickException(
                $"'include' and 'exclude' leave no linear to quantize (exclude: {string.Join(", ", Exclude.Select(p => $"'{p}'"))}), so "
                    + $"that the variant would be the untouched model under another name. Change the patterns, or leave the variant out.");
    }

    /// <summary>Whether a pattern means a linear.</summary>
    private protected static bool Matches(string pattern, LinearPlace place) => new LinearPattern(pattern)
        .Matches(place.Block, place.BlockCount, place.Name);

    private bool IsIncluded(LinearPlace place) => place.IsLeftByRole
        ? Include.Any(p => new LinearPattern(p).SaysAName && Matches(p, place))
        : Include.Count == 0 || Include.Any(p => Matches(p, place));
}
