using System.Text.Json;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

public sealed class GgufWeightsTests
{
    [Theory]
    [InlineData("f16")]
    [InlineData("q4_0")]
    [InlineData("q5_1")]
    [InlineData("q8_0")]
    public void Read_TinyModel_HasTheSumsOfTheReference(string kind)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require($"golden/quantized/gguf-{kind}/golden.json")));
        using var weights = WeightSource.Open(SharedData.Require($"golden/quantized/gguf-{kind}/model.gguf"));
        var spec = SpecReader.Read(weights);
        var source = new ParameterSource(spec, weights);
        var parameters = spec.Parameters().ToDictionary(parameter => parameter.Name);
        var sums = golden.RootElement.GetProperty("weight_sums");

        foreach (var expected in sums.EnumerateObject())
        {
            using var scope = NewDisposeScope();
            var tensor = source.Read(parameters[expected.Name], ScalarType.Float32).to_type(ScalarType.Float64);
            var magnitude = golden.RootElement.GetProperty("weight_abs_sums").GetProperty(expected.Name).GetDouble();
            Assert.Equal(magnitude, tensor.abs().sum().item<double>(), 1e-12 * magnitude);
            Assert.Equal(expected.Value.GetDouble(), tensor.sum().item<double>(), 1e-12 * magnitude);
        }
        Assert.NotEmpty(sums.EnumerateObject());
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Read_NarrowType_EqualsTheConvertedFloats(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var weights = WeightSource.Open(SharedData.Require("golden/quantized/gguf-q5_1/model.gguf"));

        var narrow = weights.Read("blk.0.attn_q.weight", dtype);

        Assert.Equal(dtype, narrow.dtype);
        Assert.True(narrow.eq(weights.Read("blk.0.attn_q.weight", ScalarType.Float32).to_type(dtype)).all().item<bool>());
    }

    [Fact]
    public void Read_TensorOfSeveralParts_IsTheSameRowByRow()
    {
        using var scope = NewDisposeScope();
        using var weights = (GgufWeights)WeightSource.Open(SharedData.Require("models/SmolLM2-135M-Instruct-Q4_1.gguf"));
        var source = weights.File.Tensor("token_embd.weight");

        var embedding = weights.Read("token_embd.weight", ScalarType.Float32);

        Assert.Equal([49152, 576], embedding.shape);
        var row = new float[576];
        foreach (var index in new long[] { 0, 7281, 7282, 40000, 49151 })
        {
            source.Type.Decode(weights.File.Rows(source, index, 1), row);
            Assert.Equal(row, embedding[index].data<float>().ToArray());
        }
    }

    [Fact]
    public void Read_MissingTensor_NamesFileAndTensor()
    {
        using var weights = WeightSource.Open(SharedData.Require("golden/quantized/gguf-q5_1/model.gguf"));

        var fault = Assert.Throws<LlmKick.Sdk.LlmKickException>(() => weights.Read("blk.9.ffn_up.weight", ScalarType.Float32));

        Assert.Contains("model.gguf", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'blk.9.ffn_up.weight'", fault.Message, StringComparison.Ordinal);
    }
}
