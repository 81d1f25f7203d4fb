using System.Text.Json.Nodes;

namespace LlmKick.Tests.Oracles;

/// <summary>Kinds of tokenizer.json files: four that were trained, and others made of their words.</summary>
internal static class TokenizerShapes
{
    private static readonly ShapeMaker Maker = new(style =>
        JsonNode.Parse(File.ReadAllBytes(SharedData.Require($"golden/tokenizers/{style}/tokenizer.json")))!.AsObject());

    public static IReadOnlyList<string> Trained => ShapeMaker.Trained;

    public static IReadOnlyList<string> Made => ShapeMaker.Made;

    public static JsonObject Make(string name) => Maker.Make(name);

    /// <summary>Writes a shape's file into a folder.</summary>
    public static string Write(string name, TemporaryFolder folder)
    {
        folder.Write("tokenizer.json", Make(name).ToJsonString());
        return folder.Path;
    }
}
