using System.Text;
using System.Text.RegularExpressions;

namespace LlmKick.Hub;

/// <summary>Paths and hashes that come from elsewhere and become names of files here.</summary>
internal static partial class SafePath
{
    private const int MaxLength = 1024;

    /// <summary>Why a path with forward slashes must not be one below a folder here; null where it may.</summary>
    public static string? Fault(string path)
    {
        var parts = path.Split('/');
        return path.Length is 0 or > MaxLength ? "has no usable name"
            : parts.Any(part => part is "" or "." or "..") || path.Contains('\\') || Drive().IsMatch(path) ? "would leave its folder"
            : path.Any(char.IsControl) || parts.Any(part => Encoding.UTF8.GetByteCount(part) > 255) ? "has a name that no file can have"
            : OperatingSystem.IsWindows() && (path.AsSpan().ContainsAny(":*?\"<>|") || parts.Any(part => part[^1] is '.' or ' '))
                ? "has a name that no file can have here" : null;
    }

    /// <summary>The form in which names are compared: two that differ in case or composition only are one file on some systems.</summary>
    public static string Key(string path) =>
        OperatingSystem.IsLinux() ? path : path.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>The folders that a path lies in.</summary>
    public static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }

    /// <summary>Whether a text is a hash of git or a SHA-256, in hex.</summary>
    public static bool IsHash(string text) => text.Length is 40 or 64 && Hex().IsMatch(text);

    /// <summary>Whether a text is a SHA-256 in hex.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && Hex().IsMatch(text);

    /// <summary>Whether a text is a commit.</summary>
    public static bool IsCommit(string text) => text.Length == 40 && Hex().IsMatch(text);

    [GeneratedRegex("^[0-9a-f]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    [GeneratedRegex("^[A-Za-z]:", RegexOptions.CultureInvariant)]
    private static partial Regex Drive();
}
