using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary>The JSON of <c>inspect</c>.</summary>
internal static class ContentsJson
{
    public static JsonObject Create(string path, ModelContents contents)
    {
        var size = new ContentsSize(contents);
        return new JsonObject
        {
            ["format"] = "llmkick/inspect@1",
            ["path"] = path,
            ["files_format"] = contents.Format,
            ["architecture"] = contents.Architecture,
            ["quantization"] = contents.Quantization,
            ["parameters"] = size.Parameters,
            ["bits_per_weight"] = size.BitsPerWeight,
            ["zeros"] = size.Zeros,
            ["bytes"] = size.FileBytes,
            ["cache"] = new JsonArray([.. contents.Cache.Select(size => new JsonObject
            {
                ["dtype"] = size.Dtype,
                ["token_bytes"] = size.TokenBytes,
                ["state_bytes"] = size.StateBytes,
            })]),
            ["notes"] = new JsonArray([.. contents.Notes.Select(note => JsonValue.Create(note))]),
            ["files"] = new JsonArray([.. contents.Files.Select(file => new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes })]),
            ["tensors"] = new JsonArray([.. contents.Tensors.Select(Tensor)]),
        };
    }

    private static JsonObject Tensor(ContentTensor tensor) => new()
    {
        ["name"] = tensor.Name,
        ["dtype"] = tensor.Dtype,
        ["shape"] = new JsonArray([.. tensor.Shape.Select(size => JsonValue.Create(size))]),
        ["bytes"] = tensor.Bytes,
        ["zeros"] = tensor.Zeros,
    };
}
