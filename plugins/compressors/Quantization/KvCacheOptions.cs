using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="KvCache"/>.</summary>
public sealed record KvCacheOptions
{
    /// <summary>Bits of a number.</summary>
    [Option("Bits of each number in the cache, without scales; 8 is close to lossless, below 4 much is lost.", Min = 2, Max = 8,
        InName = true)]
    public int Bits { get; init; } = 8;

    /// <summary>Numbers that share a scale.</summary>
    [Option("Consecutive numbers of a head that share a scale and a least value, a divisor of the head's width; the whole head unless "
        + "given.", Min = 1)]
    public int? GroupSize { get; init; }
}
