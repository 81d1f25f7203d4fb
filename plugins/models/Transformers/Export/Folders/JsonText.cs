using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Transformers.Formats;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>JSON as Hugging Face writes it: indented, letters of other scripts as they are.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Form =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CheckpointFile File(string name, JsonNode json) =>
        CheckpointFile.Of(name, Encoding.UTF8.GetBytes(PythonNumbers.Restored(JsonSerializer.Serialize(json, Form)) + "\n"));
}
