using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LlmKick.Quantization;

/// <summary>Other bits for some linears, written <c>PATTERN=BITS</c>.</summary>
/// <param name="Pattern">Which linears.</param>
/// <param name="Bits">Their bits, 2 … 16.</param>
public sealed record PatternBits(string Pattern, int Bits) : IParsable<PatternBits>
{
    private const int Least = 2;
    private const int Most = 16;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pattern}={Bits}");

    /// <inheritdoc/>
    public static PatternBits Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result
            : throw new FormatException("write PATTERN=BITS with 2 to 16 bits, such as \"first.*=8\"");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out PatternBits result)
    {
        var split = s?.LastIndexOf('=') ?? -1;
        var known = int.TryParse(s.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits);
        result = split > 0 && known && s![split + 1] != '0' && bits is >= Least and <= Most ? new PatternBits(s[..split], bits) : null;
        return result is not null;
    }
}
