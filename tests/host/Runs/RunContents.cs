using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LlmKick.Tests.Runs;

/// <summary>What a run's folder holds, without time and host.</summary>
internal static partial class RunContents
{
    private static readonly string[] TimeAndHost = ["seconds", "machine", "recipe_file", "current_folder"];

    /// <summary>From each file's name to its content.</summary>
    public static SortedDictionary<string, string> Of(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), Read),
        StringComparer.Ordinal);

    /// <summary>Compares two runs file by file.</summary>
    public static void AssertEqual(string expected, string actual)
    {
        var (left, right) = (Of(expected), Of(actual));
        Assert.Equal(left.Keys, right.Keys);
        foreach (var (file, content) in left)
            Assert.True(content == right[file], $"{file} differs:\n{content}\n{right[file]}");
    }

    private static string Read(string file) => Path.GetExtension(file) switch
    {
        ".json" => Text(JsonNode.Parse(File.ReadAllText(file))),
        ".jsonl" =>
            string.Join('\n', File.ReadAllText(file).Split('\n').Select(line => line.Length == 0 ? "" : Text(JsonNode.Parse(line)))),
        ".html" => Varies().Replace(File.ReadAllText(file), ""),
        ".safetensors" => Block(File.ReadAllBytes(file)),
        _ => File.ReadAllText(file),
    };

    /// <summary>The header says how long the block took.</summary>
    private static string Block(byte[] bytes)
    {
        var length = (int)BitConverter.ToInt64(bytes);
        var header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!;
        header["__metadata__"]!["reports"] = JsonNode.Parse((string)header["__metadata__"]!["reports"]!);
        return Text(header) + Convert.ToHexString(SHA256.HashData(bytes.AsSpan(8 + length)));
    }

    private static string Text(JsonNode? node)
    {
        Strip(node);
        return node?.ToJsonString() ?? "null";
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject map)
            foreach (var name in TimeAndHost)
                map.Remove(name);
        foreach (var child in node switch { JsonObject parent => parent.Select(pair => pair.Value), JsonArray list => list, _ => [] })
            Strip(child);
    }

    /// <summary>What a report says of time and host.</summary>
    [GeneratedRegex("""<(dl|span) class="varies">.*?</\1>""")]
    private static partial Regex Varies();
}
