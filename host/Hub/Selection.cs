using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Sdk.Options;

namespace LlmKick.Hub;

/// <summary>Which of a repository's files an address needs.</summary>
internal static partial class Selection
{
    private const string IndexEnding = ".index.json";
    // The form that is read first is fetched alone.
    private static readonly string[][] Weights = [["model.safetensors", "adapter_model.safetensors"],
        ["pytorch_model.bin", "adapter_model.bin"]];
    private static readonly string[] Settings = [".json", ".jinja", ".model", ".tiktoken"];
    // Of texts these alone are a tokenizer's; others are licences.
    private static readonly string[] Vocabularies = ["vocab.txt", "merges.txt"];

    /// <summary>The files.</summary>
    /// <param name="address">What is asked for.</param>
    /// <param name="tree">What there is.</param>
    /// <param name="read">The text of a file that is here already, or null.</param>
    /// <exception cref="LlmKickException">There are none; the message is a sentence.</exception>
    public static IReadOnlyList<HubFile> Of(HubAddress address, HubTree tree, Func<HubFile, string?> read)
    {
        var files = address.Repository.Kind == HubKind.Model
            ? address.Path.Length > 0 ? Split(address.Path, tree) : OfModel(address, tree, read)
            : OfData(address, tree);
        return files.Count > 0 ? files
            : throw new LlmKickException($"'{address.Repository.Name}' has no file '{address.Path}' at revision '{address.Revision}'"
                + $"{NearestName.Question(address.Path, Candidates(address, tree))} {Known(address, tree)}");
    }

    /// <summary>The path that an address stands for in a commit: a file, or a folder.</summary>
    public static string Place(HubAddress address, IReadOnlyList<HubFile> files)
    {
        if (address.Repository.Kind == HubKind.Model)
            return files.All(IsGguf) ? files[0].Path : "";
        if (!IsPattern(address.Path) || files.Count == 1)
            return files.Count == 1 && (IsPattern(address.Path) || files[0].Path == address.Path) ? files[0].Path : address.Path;
        var fixedPart = address.Path[..address.Path.IndexOfAny(['*', '?'])];
        return fixedPart[..Math.Max(fixedPart.LastIndexOf('/'), 0)];
    }

    private static List<HubFile> OfData(HubAddress address, HubTree tree)
    {
        if (tree.Files.TryGetValue(address.Path, out var one))
            return [one];
        if (!IsPattern(address.Path))
            return [.. Ordered(tree).Where(file => address.Path.Length == 0
                || file.Path.StartsWith(address.Path + "/", StringComparison.Ordinal))];
        var pattern = "^" + Regex.Escape(address.Path).Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal) + "$";
        return [.. Ordered(tree).Where(file => Regex.IsMatch(file.Path, pattern,
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))];
    }

    private static List<HubFile> OfModel(HubAddress address, HubTree tree, Func<HubFile, string?> read)
    {
        var weights = Weights.Select(form => form.SelectMany(name => Shards(address, name, tree, read)).ToList())
            .FirstOrDefault(form => form.Count > 0);
        if (weights is not null)
            return [.. Ordered(tree).Where(IsSetting), .. weights];
        var models = Ordered(tree).Where(IsGguf).Select(file => Split(file.Path, tree)).Where(parts => parts.Count > 0).ToList();
        return models.Count == 1 ? models[0] : throw new LlmKickException(models.Count == 0
            ? $"'{address.Repository.Name}' has no weights that could be read (model.safetensors, pytorch_model.bin or a GGUF file) at "
                + $"revision '{address.Revision}': name another model or revision."
            : $"'{address.Repository.Name}' has {models.Count} GGUF models: write which, '{address.Text}:FILE', FILE being one of "
                + $"{Listed(models.Select(parts => parts[0].Path))}.");
    }

    /// <summary>A file of weights, or its index and the shards that this names.</summary>
    private static IEnumerable<HubFile> Shards(HubAddress address, string name, HubTree tree, Func<HubFile, string?> read)
    {
        if (tree.Files.TryGetValue(name, out var whole))
            return [whole];
        if (!tree.Files.TryGetValue(name + IndexEnding, out var index))
            return [];
        var names = read(index) is { } text ? ShardNames(text, address, index)
            : tree.Files.Keys.Where(path => IsShard(path, name));
        return [index, .. names.Order(StringComparer.Ordinal).Select(shard => tree.Files.GetValueOrDefault(shard)
            ?? throw new LlmKickException($"'{address.Repository.Name}' lacks the shard '{shard}' that its '{index.Path}' names: name "
                + $"another revision, or another model."))];
    }

    private static List<string> ShardNames(string text, HubAddress address, HubFile index)
    {
        try
        {
            return [.. JsonNode.Parse(text)!["weight_map"]!.AsObject().Select(entry => entry.Value!.GetValue<string>()).Distinct()];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new LlmKickException($"'{index.Path}' of '{address.Repository.Name}' is no index of shards: name another revision, or "
                + $"another model.", failure);
        }
    }

    private static bool IsShard(string path, string name) => !path.Contains('/', StringComparison.Ordinal)
        && Path.GetExtension(path) == Path.GetExtension(name)
        && path.StartsWith(Path.GetFileNameWithoutExtension(name) + "-", StringComparison.Ordinal) && ShardName().IsMatch(path);

    /// <summary>A GGUF file: all parts where it is the first of several, none where it is a later one.</summary>
    private static List<HubFile> Split(string path, HubTree tree)
    {
        if (!tree.Files.TryGetValue(path, out var file))
            return [];
        if (GgufPart().Match(path) is not { Success: true } match)
            return [file];
        return match.Groups["part"].Value != "00001" ? [] : [.. Ordered(tree).Where(other => GgufPart().Match(other.Path) is
            { Success: true } part && part.Groups["name"].Value == match.Groups["name"].Value
            && part.Groups["count"].Value == match.Groups["count"].Value)];
    }

    /// <summary>Configuration, tokenizer and templates: what no weights are, at the top and in the folder of further templates.</summary>
    private static bool IsSetting(HubFile file) => file.Path.StartsWith("additional_chat_templates/", StringComparison.Ordinal)
        || (!file.Path.Contains('/', StringComparison.Ordinal)
            && (Settings.Contains(Path.GetExtension(file.Path)) || Vocabularies.Contains(file.Path))
            && !file.Path.EndsWith(IndexEnding, StringComparison.Ordinal));

    private static bool IsGguf(HubFile file) => Path.GetExtension(file.Path) == ".gguf";

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    private static IEnumerable<HubFile> Ordered(HubTree tree) => tree.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal);

    private static IEnumerable<string> Candidates(HubAddress address, HubTree tree) => address.Repository.Kind == HubKind.Model
        ? tree.Files.Values.Where(IsGguf).Select(file => file.Path)
        : tree.Files.Keys.Concat(tree.Files.Keys.SelectMany(SafePath.Folders)).Distinct();

    private static string Known(HubAddress address, HubTree tree) =>
        Candidates(address, tree).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } known ? $"It has {Listed(known)}."
            : "It has none of that kind.";

    private static string Listed(IEnumerable<string> names) =>
        names.ToList() is { Count: > 12 } many ? $"{string.Join(", ", many.Take(12))} and {many.Count - 12} more"
            : string.Join(", ", names);

    [GeneratedRegex(@"-\d{5}-of-\d{5}\.\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex ShardName();

    [GeneratedRegex(@"^(?<name>.*)-(?<part>\d{5})-of-(?<count>\d{5})\.gguf$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex GgufPart();
}
