namespace LlmKick.Sdk.Compression;

/// <summary>What a method will make of a linear, known before it is done: sizes on disk are foretold from it.</summary>
/// <param name="Encoding">How it will be stored.</param>
/// <param name="Zeros">About how many of its weights will be zero.</param>
/// <param name="HasColumnGroups">Whether its groups will be of inputs that are not neighbours.</param>
/// <param name="HasOneScale">Whether the whole matrix will have one scale.</param>
public sealed record LinearForecast(LinearEncoding Encoding, long Zeros = 0, bool HasColumnGroups = false, bool HasOneScale = false)
{
    /// <summary>Why the method cannot take the linear, the end of a sentence about it: <c>has 62 inputs, which are not a multiple of
    /// 4</c>. A run with such a linear is refused before anything is computed.</summary>
    public string? Fault { get; init; }

    /// <summary>What is not as the options say, the end of a sentence about it; it is told before anything is computed.</summary>
    public string? Note { get; init; }

    /// <summary>A linear that no method has changed.</summary>
    public static LinearForecast Untouched { get; } = new(LinearEncoding.Dense);
}
