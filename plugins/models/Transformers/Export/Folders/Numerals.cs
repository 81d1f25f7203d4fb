using System.Globalization;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Numbers that a file has in 32 bits, as they are written.</summary>
internal static class Numerals
{
    /// <summary>The shortest number that gives the same 32 bits again.</summary>
    public static double? Shortest(double? value) => value is { } known ? Shortest(known) : null;

    /// <summary>The shortest number that gives the same 32 bits again.</summary>
    public static double Shortest(double value) =>
        double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A whole number where 32 bits cannot tell it from one.</summary>
    public static double Whole(double value) => Math.Abs(value - Math.Round(value)) < 1e-6 * value ? Math.Round(value) : value;
}
