using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>Linears that a plugin stores in a way of its own.</summary>
public sealed class LinearPartsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Linear linear = new("a.b", torch.zeros(2, 3));

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Replace_Parts_AreKeptAndDecoded()
    {
        var codes = Codes();
        linear.Replace(new Doubled(), Parts(codes));
        codes.zero_();
        Assert.Equal([0, 2, 4, 6, 8, 10], linear.Weight.data<float>().ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], linear.Parts["codes"].data<byte>().ToArray());
        Assert.Null(linear.Quantized);
        Assert.Equal(2, linear.Tensors.Count());
    }

    [Fact]
    public void Replace_AnotherLinear_TakesItsParts()
    {
        linear.Replace(new Doubled(), Parts(Codes()));
        var other = new Linear("other", torch.zeros(2, 3));
        other.Replace(linear);
        Assert.Equal(linear.Weight.data<float>().ToArray(), other.Weight.data<float>().ToArray());
        Assert.Equal(new Doubled(), other.Encoding);
        Assert.NotSame(linear.Parts["codes"], other.Parts["codes"]);
        other.Replace(torch.ones(2, 3), LinearEncoding.Dense);
        Assert.Empty(other.Parts);
        Assert.False(linear.Parts["codes"].IsInvalid);
    }

    [Fact]
    public void Replace_PartsThatDoNotFit_AreRefusedAndChangeNothing()
    {
        linear.Replace(new Doubled(), Parts(Codes()));
        Assert.Contains("'doubled' have no part 'zeros'", Assert.Throws<ArgumentException>(
            () => linear.Replace(new Doubled(), new Dictionary<string, torch.Tensor> { ["zeros"] = Codes() })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => linear.Replace(new Doubled(), Parts(torch.zeros(3, 3, dtype: torch.uint8))));
        Assert.Throws<ArgumentException>(
            () => linear.Replace(new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 4 }, Parts(Codes())));
        Assert.Equal([0, 2, 4, 6, 8, 10], linear.Weight.data<float>().ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], linear.Parts["codes"].data<byte>().ToArray());
    }

    [Fact]
    public void ScaleColumns_OfParts_LeavesValues()
    {
        linear.Replace(new Doubled(), Parts(Codes()));
        linear.ScaleColumns(torch.tensor(new float[] { 1, 2, 3 }));
        Assert.Equal([0, 4, 12, 6, 16, 30], linear.Weight.data<float>().ToArray());
        Assert.Empty(linear.Parts);
        Assert.Equal(LinearEncoding.Dense, linear.Encoding);
    }

    [Fact]
    public void ToString_OfAKind_HasWhatCanBeSet()
    {
        Assert.Equal("PrunedEncoding { Pattern = 2:4 }", new PrunedEncoding("2:4").ToString());
        Assert.Equal("Doubled { }", new Doubled().ToString());
    }

    private static torch.Tensor Codes() => torch.tensor(new byte[] { 0, 1, 2, 3, 4, 5 }).view(2, 3);

    private static Dictionary<string, torch.Tensor> Parts(torch.Tensor codes) => new() { ["codes"] = codes };

    private sealed record Doubled : LinearEncoding
    {
        public override string Kind => "doubled";

        public override IReadOnlyList<string> PartNames => ["codes"];

        public override torch.Tensor Decode(IReadOnlyDictionary<string, torch.Tensor> parts) =>
            parts["codes"].to(torch.float32).mul_(Number.Of(2));
    }
}
