using LlmKick.Transformers.Families;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers;

/// <summary>Whether, and when, a text's length decides how even its first tokens are rotated (LongRoPE, dynamic NTK).</summary>
internal sealed class LengthRegimes(ModelSpec spec)
{
    private readonly IRotaryScaling[] _scalings =
        [.. Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer.Rotary?.Scaling)
        .OfType<IRotaryScaling>().Where(scaling => scaling.DependsOnLength).Distinct()];

    public bool Matter => _scalings.Length > 0;

    /// <summary>Whether any row that has been read in part gets another rotation by what is added.</summary>
    public bool Change(IReadOnlyList<int> lengths, ReadOnlySpan<int> added)
    {
        if (!Matter)
            return false;
        for (var row = 0; row < added.Length; row++)
            foreach (var scaling in _scalings)
                if (lengths[row] > 0 && scaling.Regime(lengths[row]) != scaling.Regime(lengths[row] + added[row]))
                    return true;
        return false;
    }
}
