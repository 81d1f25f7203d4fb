using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LlmKick.Sdk.Options;

/// <summary>A share of a whole, which recipes write as percents or as a number: <c>0.5 %</c> or <c>0.005</c>.</summary>
/// <param name="Value">The share, 0 … 1.</param>
public readonly record struct Share(double Value) : IParsable<Share>
{
    /// <summary>In percents.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{100 * (decimal)Value:0.##########} %");

    /// <inheritdoc/>
    public static Share Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var share) ? share
        : throw new FormatException("write a share such as \"0.5 %\" or 0.005, from 0 to 1");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Share result)
    {
        result = default;
        var text = s?.Trim() ?? "";
        var isPercent = text.EndsWith('%');
        if (!decimal.TryParse(isPercent ? text[..^1].TrimEnd() : text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value))
            return false;
        result = new Share((double)(isPercent ? value / 100 : value));
        return result.Value is >= 0 and <= 1;
    }
}
