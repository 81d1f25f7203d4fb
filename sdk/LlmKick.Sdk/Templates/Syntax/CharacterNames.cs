using System.Globalization;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Characters by their Unicode names: of Latin, Greek, Cyrillic and Armenian letters, of punctuation, symbols and
/// pictures.</summary>
internal static class CharacterNames
{
    private static readonly Lazy<Dictionary<string, string>> Names = new(Read);

    public static string? Find(string name) => Names.Value.GetValueOrDefault(name.ToUpperInvariant());

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(CharacterNames).Assembly.GetManifestResourceStream("LlmKick.Sdk.CharacterNames.txt")!;
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            names[line[(blank + 1)..]] =
                char.ConvertFromUtf32(int.Parse(line[..blank], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        return names;
    }
}
