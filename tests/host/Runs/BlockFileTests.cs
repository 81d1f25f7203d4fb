using System.Text;
using LlmKick.Runs.Saving;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Storage;
using TorchSharp;

namespace LlmKick.Tests.Runs;

public sealed class BlockFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Restore_QuantizedLinearAndChangedNorm_ComeBackToTheBit()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        using var restored = new TinyLlama(1, seed: 2);
        model.Norms.First().fill_(Number.Of(0.3f));
        var encoding = new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 4, GroupSize = 16, Pruned = new PrunedEncoding("2:4") };
        foreach (var linear in model.Linears.Take(2))
            linear.Replace(Random(encoding, linear));
        var rounding = new ActivationScheme { Range = ActivationRange.Tensor, Scale = 0.1f / 3, OutlierThreshold = 6 };
        model.Linears.Last().Replace(WithActivations(rounding, model.Linears.Last()));
        var path = folder.File("block");
        BlockFile.Write(path, "print", model.Open(0), [], 1);
        using (var stored = StoredBlock.TryOpen(path, "print")!)
            Assert.True(stored.TryRestore(restored.Open(0)));
        foreach (var (linear, again) in model.Linears.Zip(restored.Linears))
        {
            Assert.Equal(linear.Weight.data<float>().ToArray(), again.Weight.data<float>().ToArray());
            Assert.Equal(linear.Encoding, again.Encoding);
            Assert.Equal(linear.Quantized?.Parts.Keys, again.Quantized?.Parts.Keys);
            Assert.Equal(linear.Quantized?.Codes.data<byte>().ToArray(), again.Quantized?.Codes.data<byte>().ToArray());
        }
        Assert.Equal(rounding, restored.Linears.Last().Activations);
        Assert.Equal(model.Linears.Last().Forward(torch.ones(1, TinyLlama.Inner)).data<float>().ToArray(),
            restored.Linears.Last().Forward(torch.ones(1, TinyLlama.Inner)).data<float>().ToArray());
        Assert.Equal(model.Norms.SelectMany(norm => norm.data<float>().ToArray()),
            restored.Norms.SelectMany(norm => norm.data<float>().ToArray()));
    }

    [Fact]
    public void Restore_EncodingOfAPlugin_ComesBackWithItsParts()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        using var restored = new TinyLlama(1, seed: 2);
        var path = WithHalves(model);
        using (var stored = StoredBlock.TryOpen(path, "print")!)
            Assert.True(stored.TryRestore(restored.Open(0)));
        var (linear, again) = (model.Linears.First(), restored.Linears.First());
        Assert.Equal(new Halves { Shift = 3 }, again.Encoding);
        Assert.Equal(linear.Parts["halves"].data<short>().ToArray(), again.Parts["halves"].data<short>().ToArray());
        Assert.Equal(linear.Weight.data<float>().ToArray(), again.Weight.data<float>().ToArray());
    }

    [Fact]
    public void TryOpen_EncodingWhosePluginIsGone_SaysWhichItIs()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        var path = WithHalves(model);
        var content = File.ReadAllText(path, Encoding.Latin1).Replace("halves-of-test", "thirds-of-test", StringComparison.Ordinal);
        File.WriteAllText(path, content, Encoding.Latin1);
        var failure = Assert.Throws<LlmKickException>(() => StoredBlock.TryOpen(path, "print"));
        Assert.Contains("has weights stored as 'thirds-of-test', which no plugin here offers: install the plugin", failure.Message,
            StringComparison.Ordinal);
    }

    private string WithHalves(TinyLlama model)
    {
        StoredKinds.Add<LinearEncoding>("halves-of-test", typeof(Halves));
        var linear = model.Linears.First();
        linear.Replace(new Halves { Shift = 3 }, new Dictionary<string, torch.Tensor>
        {
            ["halves"] = torch.randint(-99, 99, linear.Weight.shape, torch.ScalarType.Int16),
        });
        var path = folder.File("block");
        BlockFile.Write(path, "print", model.Open(0), [], 1);
        return path;
    }

    private static QuantizedWeight WithActivations(ActivationScheme scheme, Linear linear) => new(
        new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 8, Symmetric = true, Activations = scheme },
        torch.randint(0, 256, [linear.Outputs, linear.Inputs], torch.ScalarType.Byte), torch.rand(linear.Outputs, 1));

    private static QuantizedWeight Random(QuantizedEncoding encoding, Linear linear)
    {
        var groups = linear.Inputs / 16;
        return new QuantizedWeight(
            encoding, torch.randint(0, 16, [linear.Outputs, linear.Inputs], torch.ScalarType.Byte), torch.rand(linear.Outputs, groups),
            torch.randint(0, 16, [linear.Outputs, groups], torch.ScalarType.Byte),
            torch.randint(0, groups, [linear.Inputs], torch.ScalarType.Int64));
    }

    /// <summary>Weights as halves of whole numbers.</summary>
    private sealed record Halves : LinearEncoding
    {
        public required int Shift { get; init; }

        public override string Kind => "halves-of-test";

        public override IReadOnlyList<string> PartNames => ["halves"];

        public override torch.Tensor Decode(IReadOnlyDictionary<string, torch.Tensor> parts) =>
            parts["halves"].to(torch.float32).sub(Number.Of(Shift)).mul_(Number.Of(0.5));
    }
}
