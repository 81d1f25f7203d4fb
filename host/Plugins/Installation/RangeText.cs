using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>Ranges of versions in sentences.</summary>
internal static class RangeText
{
    /// <summary>A range as a comparison: <c>&gt;= 1.0.0 &amp;&amp; &lt; 2.0.0</c>.</summary>
    public static string Of(VersionRange range) => range.PrettyPrint().Trim('(', ')');
}
