using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Perplexity;

/// <summary>Cuts a tokenised text into windows.</summary>
/// <param name="options">The task's options.</param>
/// <param name="tokens">The text's tokens, with what <see cref="BosPlacement.Start"/> puts before them.</param>
/// <param name="bos">What goes before each window, or null.</param>
internal sealed class Windows(PerplexityOptions options, int[] tokens, int? bos)
{
    /// <summary>Whole windows; what is left at the end is dropped.</summary>
    public int Count => tokens.Length < options.TextTokens ? 0 : (tokens.Length - options.TextTokens) / options.Step + 1;

    public WindowSample this[int index]
    {
        get
        {
            var text = new ArraySegment<int>(tokens, index * options.Step, options.TextTokens);
            var scoreFrom = index == 0 ? 1 : Math.Max(1, options.Window - options.Step);
            return new WindowSample(index.ToString(CultureInfo.InvariantCulture), bos is { } id ? [id, .. text] : text, scoreFrom);
        }
    }

    public static Windows Cut(PerplexityOptions options, string text, ITokenizer tokenizer)
    {
        int? bos = options.Bos == BosPlacement.None ? null : tokenizer.BeginOfText
            ?? throw new LlmKickException(
                $"bos: {options.Bos.ToString().ToLowerInvariant()} was asked for, but this model's tokenizer has no beginning-of-text "
                    + $"token; write `bos: none`.");
        var ids = tokenizer.Encode(text);
        return options.Bos == BosPlacement.Start ? new Windows(options, [bos!.Value, .. ids], null) : new Windows(options, ids, bos);
    }
}
