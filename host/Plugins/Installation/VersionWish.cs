using System.Diagnostics.CodeAnalysis;
using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>The versions of a package that will do: exactly one, <c>1.2</c>, or a range in NuGet's notation, <c>[1.2, 2.0)</c> or
/// <c>1.*</c>.</summary>
internal sealed class VersionWish : IParsable<VersionWish>
{
    private readonly VersionRange range;
    private readonly string text;

    private VersionWish(VersionRange range, string text) => (this.range, this.text) = (range, text);

    /// <summary>Whether only one version will do.</summary>
    public bool IsExact => range is { HasLowerAndUpperBounds: true, IsMinInclusive: true, IsMaxInclusive: true }
        && range.MinVersion == range.MaxVersion;

    /// <summary>Whether a prerelease was asked for.</summary>
    public bool AllowsPrerelease => range.MinVersion?.IsPrerelease == true || range.MaxVersion?.IsPrerelease == true
        || range.Float?.HasMinVersion == true && range.Float.MinVersion.IsPrerelease;

    /// <summary>Reads a wish.</summary>
    /// <exception cref="FormatException">It is neither a version nor a range.</exception>
    public static VersionWish Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var wish) ? wish
            : throw new FormatException("write a version, such as 1.2, or a range in NuGet's notation, such as '[1.2, 2.0)'");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out VersionWish result)
    {
        result = NuGetVersion.TryParse(s, out var version) ? new VersionWish(new VersionRange(version, true, version, true), s!)
            : s is not null && VersionRange.TryParse(s, out var range) ? new VersionWish(range, s)
            : null;
        return result is not null;
    }

    /// <summary>Whether a version will do.</summary>
    public bool Accepts(NuGetVersion version) => range.Satisfies(version) && (range.Float is null || range.Float.Satisfies(version));

    /// <summary>Whether a version will do; none that cannot be read does.</summary>
    public bool Accepts(string version) => NuGetVersion.TryParse(version, out var read) && Accepts(read);

    /// <summary>As it was written.</summary>
    public override string ToString() => text;
}
