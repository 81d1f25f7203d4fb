using System.Globalization;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>Which script characters are of, by Unicode 17: .NET has no such table.</summary>
internal static class UnicodeScripts
{
    private static readonly Lazy<Dictionary<string, CodePointSet>> Sets = new(Read);

    /// <summary>Names of scripts in their table's order.</summary>
    public static IEnumerable<string> Names => Sets.Value.Keys;

    public static CodePointSet? Find(string name) => Sets.Value.GetValueOrDefault(name);

    private static Dictionary<string, CodePointSet> Read()
    {
        using var stream = typeof(UnicodeScripts).Assembly.GetManifestResourceStream("LlmKick.Transformers.Scripts.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => CodePointSet.Union(words.Skip(1).Select(Range)), StringComparer.OrdinalIgnoreCase);
    }

    private static CodePointSet Range(string word)
    {
        var ends = word.Split('-');
        return CodePointSet.Of(Hex(ends[0]), Hex(ends[^1]));
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
