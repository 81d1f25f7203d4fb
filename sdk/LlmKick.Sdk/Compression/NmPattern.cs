using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LlmKick.Sdk.Compression;

/// <summary>N:M sparsity: N non-zero weights of every M consecutive inputs, as in the LLM-KICK paper (1:4 is 75 % sparse).</summary>
/// <param name="Keep">N, the weights kept of each group; 1 … M − 1.</param>
/// <param name="Of">M, the size of a group; 2 … 32.</param>
public readonly record struct NmPattern(int Keep, int Of) : IParsable<NmPattern>
{
    // Papers go up to 16:32, and choosing takes M² steps a group.
    private const int Longest = 32;

    /// <summary>The share of weights removed.</summary>
    public double Sparsity => 1 - (double)Keep / Of;

    /// <summary>The form used in names: <c>2of4</c>.</summary>
    public string ShortName => string.Create(CultureInfo.InvariantCulture, $"{Keep}of{Of}");

    /// <summary>Marks the M − N lowest scores; of equal ones the lower index first.</summary>
    /// <param name="scores">M scores.</param>
    /// <param name="removed">M marks, all set anew.</param>
    public void MarkLowest(ReadOnlySpan<float> scores, Span<bool> removed)
    {
        removed.Clear();
        for (var round = Keep; round < Of; round++)
        {
            var least = -1;
            for (var i = 0; i < scores.Length; i++)
                if (!removed[i] && (least < 0 || scores[i] < scores[least]))
                    least = i;
            removed[least] = true;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Keep}:{Of}");

    /// <inheritdoc/>
    public static NmPattern Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var pattern) ? pattern : throw new FormatException("write N:M with 1 ≤ N < M ≤ 32, such as \"2:4\"");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NmPattern result)
    {
        result = default;
        var parts = s?.Split(':');
        if (parts is not { Length: 2 }
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var keep)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var of)
            || parts[0][0] == '0' || parts[1][0] == '0' || keep >= of || of > Longest)
            return false;
        result = new NmPattern(keep, of);
        return true;
    }
}
