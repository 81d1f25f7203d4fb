namespace LlmKick.Transformers.Positions;

/// <summary>Rotary positions (Su et al., arXiv 2104.09864).</summary>
/// <param name="Base">θ, the base of the frequencies.</param>
/// <param name="Width">How many numbers of a head are rotated, from its first on; even.</param>
internal sealed record RotarySpec(double Base, int Width)
{
    /// <summary>Whether neighbours are rotated against each other; else the halves of what is rotated.</summary>
    public bool Interleaved { get; init; }

    /// <summary>Whether numbers are turned the other way: by −θ.</summary>
    public bool Reversed { get; init; }

    /// <summary>How the frequencies are changed for longer contexts, or null.</summary>
    public IRotaryScaling? Scaling { get; init; }
}
