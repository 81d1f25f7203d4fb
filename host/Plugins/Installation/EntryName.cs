using System.Text;
using System.Text.RegularExpressions;

namespace LlmKick.Plugins.Installation;

/// <summary>The names of archive entries as paths that stay in their folder on every system.</summary>
internal static partial class EntryName
{
    /// <summary>Characters that some system does not allow in a name or takes for a separator.</summary>
    private const string Forbidden = ":*?\"<>|\\\0";

    /// <summary>An entry's path with forward slashes. Packages escape characters as URIs do.</summary>
    /// <exception cref="PackageFaultException">The path would leave its folder, or some system cannot hold it.</exception>
    public static string Check(string name)
    {
        var path = Uri.UnescapeDataString(name);
        var parts = path.TrimEnd('/').Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
            throw new PackageFaultException($"its entry '{name}' would be written outside of its folder");
        if (parts.FirstOrDefault(IsUnfit) is { } unfit)
            throw new PackageFaultException($"its entry '{name}' has a part, '{unfit}', that is no file's name on every system");
        return path;
    }

    /// <summary>The form in which names are compared: two that differ in case or composition only are one file on some systems.</summary>
    public static string Key(string path) => path.TrimEnd('/').Normalize(NormalizationForm.FormC).ToUpperInvariant();

    private static bool IsUnfit(string part) =>
        part.Any(letter => char.IsControl(letter) || Forbidden.Contains(letter)) || part[^1] is '.' or ' ' || DeviceName().IsMatch(part);

    [GeneratedRegex(@"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceName();
}
