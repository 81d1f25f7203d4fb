using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Folders;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>Linears whose inputs are rounded too, written and read again.</summary>
public sealed class RoundedInputsTests
{
    private const string Source = "golden/architectures/llama";
    private const string Linear = "model.layers.0.mlp.down_proj";

    [Theory]
    [InlineData(ActivationKind.Dynamic, WeightShare.Channel)]
    [InlineData(ActivationKind.Dynamic, WeightShare.Tensor)]
    [InlineData(ActivationKind.Static, WeightShare.Channel)]
    [InlineData(ActivationKind.Static, WeightShare.Tensor)]
    public void Write_SmoothedModel_ComputesTheSameWhenRead(ActivationKind activations, WeightShare weights)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, activations, weights);
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("int-quantized", "float32")));
        Assert.All(desk.Linears.Zip(again.Linears), pair => AssertSame(pair.First.Activations!, pair.Second.Activations!));
        Assert.Equal(ExportDesk.Scores(desk), ExportDesk.Scores(again));
    }

    [Theory]
    [InlineData(ActivationKind.Dynamic, "inputs of 8 bits, one scale a token")]
    [InlineData(ActivationKind.Static, "inputs of 8 bits, one scale for all tokens")]
    public void Open_SmoothedModel_SaysHowInputsAreRounded(ActivationKind activations, string words)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, activations, WeightShare.Channel);
        using var weights = FolderWeights.Open(desk.Write(ExportDesk.Settings("int-quantized")));
        Assert.EndsWith(words, weights.Quantization, StringComparison.Ordinal);
        Assert.Null(weights.Remark);
    }

    [Theory]
    [InlineData("\"dynamic\": false", "\"dynamic\": true")]
    [InlineData("\"type\": \"int\"", "\"type\": \"float\"")]
    [InlineData("\"symmetric\": true", "\"symmetric\": false")]
    public void Open_InputsRoundedOtherwise_AreFloatsAndSaidToBe(string given, string other)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, ActivationKind.Static, WeightShare.Channel);
        var folder = desk.Write(ExportDesk.Settings("int-quantized"));
        Change(Path.Combine(folder, "config.json"), given, other);
        using var weights = FolderWeights.Open(folder);
        Assert.Contains("computed as floats here", weights.Remark, StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        Assert.Null(weights.Quantized(Linear + ".weight")!.Encoding.Activations);
    }

    [Theory]
    [InlineData(new float[] { 1, 2 }, "has 2 values, not one")]
    [InlineData(new float[] { 0 }, "holds no number above 0")]
    [InlineData(new[] { float.NaN }, "holds no number above 0")]
    public void Read_WrongScale_IsNamed(float[] scale, string sentence)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, ActivationKind.Static, WeightShare.Channel);
        var folder = desk.Write(ExportDesk.Settings("int-quantized"));
        Replace(Path.Combine(folder, "model.safetensors"), Linear + ".input_scale", scale);
        using var weights = FolderWeights.Open(folder);
        using var scope = NewDisposeScope();
        var fault = Assert.Throws<LlmKick.Sdk.LlmKickException>(() => weights.Quantized(Linear + ".weight"));
        Assert.Contains($"'{Linear}.input_scale' that {sentence}", fault.Message, StringComparison.Ordinal);
    }

    private static void Compress(ExportDesk desk, ActivationKind activations, WeightShare weights) =>
        new SmoothQuant(new SmoothQuantOptions { Activations = activations, Weights = weights })
            .Run(desk.Model.Transformer!,
                new CalibrationSet([.. Enumerable.Range(0, 4).Select(s => Enumerable.Range(3 + 7 * s, 32).ToArray())]));

    private static void AssertSame(ActivationScheme own, ActivationScheme copy)
    {
        Assert.Equal(own with { Scale = null }, copy with { Scale = null });
        Assert.Equal((float?)own.Scale, (float?)copy.Scale);
    }

    /// <summary>Changes the description of the inputs alone.</summary>
    private static void Change(string file, string given, string other)
    {
        var text = File.ReadAllText(file);
        var at = text.IndexOf(given, text.IndexOf("input_activations", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(-1, at);
        File.WriteAllText(file, text[..at] + other + text[(at + given.Length)..]);
    }

    private static void Replace(string file, string name, float[] values)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors;
        using (var own = SafetensorsFile.Open(file))
            tensors = own.Entries.Keys.ToDictionary(key => key, key => key == name ? tensor(values) : own.Read(key));
        SafetensorsWriter.Write(file, tensors);
    }
}
