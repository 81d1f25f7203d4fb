using System.Text.RegularExpressions;

namespace LlmKick.Transformers.Hub;

/// <summary>Names on the Hugging Face hub: <c>org/name</c>.</summary>
internal static partial class HubName
{
    public static bool Matches(string text) => Pattern().IsMatch(text);

    /// <summary>The name's folder in the hub's cache.</summary>
    public static string Folder(string name) => "models--" + name.Replace("/", "--", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?!\.+/)[\w.-]+/(?!\.+$)[\w.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
