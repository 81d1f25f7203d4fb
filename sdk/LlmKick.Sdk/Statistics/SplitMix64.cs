namespace LlmKick.Sdk.Statistics;

/// <summary>The SplitMix64 generator (Steele, Lea, Flood, 2014): the same numbers for a seed on every runtime and platform.</summary>
/// <param name="seed">Any number; each gives another sequence.</param>
public sealed class SplitMix64(ulong seed)
{
    // 2^64 / golden ratio, of the paper.
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        var bits = At(state, 0);
        state = unchecked(state + Step);
        return bits;
    }

    /// <summary>The bits at a place of a seed's sequence, without those before.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="index">The place, from 0.</param>
    public static ulong At(ulong seed, ulong index)
    {
        unchecked
        {
            var bits = seed + (index + 1) * Step;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }

    /// <summary>The next random number from 0 up to, not including, a bound. Uniform to within 2⁻³³.</summary>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(Next(), (ulong)bound, out _);
    }
}
