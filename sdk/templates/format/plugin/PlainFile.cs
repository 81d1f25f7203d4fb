using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Contoso.Plugin_1;

/// <summary>What <c>llmkick</c> finds: one public class that names everything the assembly offers.</summary>
public sealed class Plugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddCheckpointFormat(new PlainFile());
}

/// <summary>One file: a line of JSON that says what lies where, then the values of all tensors, one after the other.</summary>
public sealed class PlainFile : ICheckpointWriter
{
    /// <inheritdoc/>
    public CheckpointFormat Format { get; } =
        new("contoso-plugin", "One file: a line of JSON, then the values of all tensors.", ["float32", "float16"], ".plain");

    /// <summary>Lays the model out. The same is asked before anything is compressed, to tell what it will come to: then linears have no
    /// values, so that everything here follows from shapes and encodings.</summary>
    public CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings)
    {
        // A quantized model is there for its codes and scales, which floats would lose without a word.
        var coded = model.Tensors.FirstOrDefault(tensor => tensor.Forecast?.Encoding.PartNames.Count > 0);
        if (coded is not null && !settings.KeepDense)
            return CheckpointDraft.Refused(
                $"'{coded.Name}' is stored as '{coded.Forecast!.Encoding.Kind}', and the format holds floats alone");
        var type = settings.Type == "float16" ? ScalarType.Float16 : ScalarType.Float32;
        var header = Header(model, settings.Type!);
        var length = header.Length + model.Tensors.Sum(Count) * (type == ScalarType.Float16 ? 2 : 4);
        var file = new CheckpointFile("model.plain", length, (stream, written) => Write(stream, written, header, model, type));
        return new CheckpointDraft([file])
        {
            TensorCount = model.Tensors.Count,
            Notes = coded is null ? [] : ["quantized linears are stored as the floats that they stand for"],
        };
    }

    /// <summary>The names and shapes in order, and the model's own configuration.</summary>
    private static byte[] Header(ICheckpointModel model, string type)
    {
        var config = model.Files.FirstOrDefault(file => file.Name == "config.json");
        var line = JsonSerializer.Serialize(new
        {
            type,
            tensors = model.Tensors.Select(tensor => new { name = tensor.Name, shape = tensor.Shape }),
            config = config is null ? default : JsonDocument.Parse(config.Read()).RootElement,
        });
        return System.Text.Encoding.UTF8.GetBytes(line + "\n");
    }

    private static void Write(Stream stream, Action written, byte[] header, ICheckpointModel model, ScalarType type)
    {
        stream.Write(header);
        foreach (var tensor in model.Tensors)
        {
            using var scope = NewDisposeScope();                // one tensor is in memory at a time
            TensorBytes.WriteTo(stream, tensor.Read(type));
            written();
        }
    }

    private static long Count(CheckpointTensor tensor) => tensor.Shape.Aggregate(1L, (product, size) => product * size);
}
