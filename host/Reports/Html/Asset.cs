namespace LlmKick.Reports.Html;

/// <summary>The report's style and script, which are embedded in the tool.</summary>
internal static class Asset
{
    /// <summary>Reads one.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream("LlmKick.Reports.Html." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
