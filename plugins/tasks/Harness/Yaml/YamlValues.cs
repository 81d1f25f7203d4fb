using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LlmKick.Harness.Yaml;

/// <summary>Reads YAML as PyYAML's safe loader does, which knows the words and numbers of YAML 1.1.</summary>
internal static partial class YamlValues
{
    private static readonly Dictionary<string, object?> Words = MakeWords();

    /// <summary>The map that a file holds, and the line of each of its keys.</summary>
    /// <exception cref="LlmKickException">The file is no YAML, or not a map.</exception>
    public static (OrderedDictionary<string, object?> Values, Dictionary<string, long> Lines) Read(string path, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            throw new LlmKickException($"{path}:{fault.Start.Line}: this is no YAML ({fault.Message.Split('\n')[0].TrimEnd('.')}); "
                + $"mend the line.", fault);
        }
        if (stream.Documents is not [{ RootNode: YamlMappingNode map }])
            throw new LlmKickException($"{path}: a task file is one map of keys, such as `task: my_task`; this is none.");
        var lines = map.Children.Where(pair => pair.Key is YamlScalarNode { Value: not null })
            .DistinctBy(pair => ((YamlScalarNode)pair.Key).Value)
            .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => pair.Key.Start.Line, StringComparer.Ordinal);
        return ((OrderedDictionary<string, object?>)Value(map)!, lines);
    }

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode list => list.Children.Select(Value).ToList(),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static OrderedDictionary<string, object?> Map(YamlMappingNode map)
    {
        var merged = new OrderedDictionary<string, object?>();
        foreach (var (key, value) in map.Children)
            if (key is YamlScalarNode { Value: "<<" })
                foreach (var part in value is YamlSequenceNode several ? several.Children : [value])
                    if (part is YamlMappingNode other)
                        foreach (var (name, inner) in Map(other))
                            merged.TryAdd(name, inner);
        foreach (var (key, value) in map.Children)
            if (key is YamlScalarNode { Value: { } name and not "<<" })
                merged[name] = Value(value);
        return merged;
    }

    private static object? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (!scalar.Tag.IsEmpty && scalar.Tag.Value == "!function")
            return new FunctionName(text);
        if (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str" || scalar.Style != ScalarStyle.Plain)
            return text;
        if (Words.TryGetValue(text, out var word))
            return word;
        if (Whole().IsMatch(text) && long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var whole))
            return whole;
        return Float().IsMatch(text) && double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var number) ? number : text;
    }

    private static Dictionary<string, object?> MakeWords()
    {
        var words = new Dictionary<string, object?>(StringComparer.Ordinal) { [""] = null, ["~"] = null };
        foreach (var (word, value) in new (string, object?)[] { ("null", null), ("yes", true), ("no", false), ("true", true),
            ("false", false), ("on", true), ("off", false), (".inf", double.PositiveInfinity), (".nan", double.NaN) })
            foreach (var form in new[] { word, char.ToUpperInvariant(word[0]) + word[1..], word.ToUpperInvariant() })
                words[form] = value;
        return words;
    }

    [GeneratedRegex("^[-+]?(0|[1-9][0-9_]*)$")]
    private static partial Regex Whole();

    // A number with a power is one only with a dot and a sign of the power.
    [GeneratedRegex(@"^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?)$")]
    private static partial Regex Float();
}
