namespace LlmKick.Sdk.Chat;

/// <summary>Templates for models whose files have none, written anew after the formats that their makers published.</summary>
public static class NamedTemplates
{
    /// <summary>The name for models that were not trained for conversations.</summary>
    public const string Plain = "plain";

    private const string Prefix = "LlmKick.Sdk.Chat.Templates.";
    private const string Suffix = ".jinja";

    /// <summary>The names that there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(NamedTemplates).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..^Suffix.Length])
        .Order(StringComparer.Ordinal)];

    /// <summary>The source of a template, or null where none has the name.</summary>
    /// <param name="name">The name.</param>
    public static string? Find(string name)
    {
        using var stream = typeof(NamedTemplates).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
