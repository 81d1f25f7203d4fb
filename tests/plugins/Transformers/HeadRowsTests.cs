using System.Text.Json.Nodes;

namespace LlmKick.Tests.Transformers;

/// <summary>Heads with more rows than the tokenizer has tokens, as padded vocabularies have.</summary>
public sealed class HeadRowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_MoreRowsThanTokens_AreTold() =>
        Assert.Contains(Notes(cut: 2), note => note.StartsWith("the head has 512 rows for 510 tokens", StringComparison.Ordinal));

    [Fact]
    public void Load_AsManyRows_AreNot() =>
        Assert.DoesNotContain(Notes(cut: 0), note => note.StartsWith("the head has", StringComparison.Ordinal));

    /// <summary>What is told of a golden model whose tokenizer lacks its last tokens.</summary>
    private IReadOnlyList<string> Notes(int cut)
    {
        foreach (var file in Directory.GetFiles(SharedData.Require("golden/architectures/llama")))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        var path = folder.File("tokenizer.json");
        var tokenizer = JsonNode.Parse(File.ReadAllText(path))!;
        var vocabulary = tokenizer["model"]!["vocab"]!.AsObject();
        var last = vocabulary.Where(token => (int)token.Value! >= vocabulary.Count - cut).Select(token => token.Key).ToHashSet();
        foreach (var token in last)
            vocabulary.Remove(token);
        var merges = tokenizer["model"]!["merges"]!.AsArray();
        for (var merge = merges.Count - 1; merge >= 0; merge--)
            if (last.Contains(Merged(merges[merge]!)))
                merges.RemoveAt(merge);
        File.WriteAllText(path, tokenizer.ToJsonString());
        return LoadedModel.Load(folder.Path).Description.Notes ?? [];
    }

    private static string Merged(JsonNode merge) =>
        merge is JsonArray parts ? string.Concat(parts.Select(part => (string)part!)) : ((string)merge!).Replace(" ", "");
}
