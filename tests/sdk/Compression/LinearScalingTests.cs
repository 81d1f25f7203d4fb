using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>A linear whose rows or columns are multiplied: codes, scales and values stay in step.</summary>
public sealed class LinearScalingTests
{
    private static readonly byte[] Codes = [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public void ScaleColumns_SameFactorInAGroup_GoesIntoTheScales(int? groupSize)
    {
        using var scope = torch.NewDisposeScope();
        var (linear, before) = Quantized(new() { Format = CodeFormat.Integer, Bits = 4, GroupSize = groupSize, Symmetric = true });
        var factors = groupSize is null ? torch.full(4, Number.Of(3f)) : torch.tensor(new float[] { 3, 3, 5, 5 });
        linear.ScaleColumns(factors);
        RequireInStep(linear, before * factors);
        Assert.Equal(Codes, linear.Quantized!.Codes.data<byte>().ToArray());
    }

    [Fact]
    public void ScaleColumns_GroupsOfOtherColumns_GoByTheirColumns()
    {
        using var scope = torch.NewDisposeScope();
        var (linear, before) =
            Quantized(new() { Format = CodeFormat.Integer, Bits = 4, GroupSize = 2 }, zeros: true, columnGroups: [1, 0, 0, 1]);
        var factors = torch.tensor(new float[] { 3, 5, 5, 3 });
        linear.ScaleColumns(factors);
        RequireInStep(linear, before * factors);
        Assert.NotNull(linear.Quantized);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScaleColumns_OtherFactorsInAGroup_DropsTheCodes(bool isPruned)
    {
        using var scope = torch.NewDisposeScope();
        var pruned = isPruned ? new PrunedEncoding("2:4") : null;
        var (linear, before) = Quantized(new() { Format = CodeFormat.Integer, Bits = 4, GroupSize = 2, Symmetric = true, Pruned = pruned });
        var factors = torch.tensor(new float[] { 1, 1, 1, 2 });
        linear.ScaleColumns(factors);
        Assert.Null(linear.Quantized);
        Assert.Equal((LinearEncoding?)pruned ?? LinearEncoding.Dense, linear.Encoding);
        Assert.True(Same(linear.Weight, before * factors));
    }

    [Fact]
    public void ScaleColumns_IntegerProducts_ComputeTheSameOfDividedInputs()
    {
        using var scope = torch.NewDisposeScope();
        var scheme = new ActivationScheme { Range = ActivationRange.Tensor, Scale = 0.03, OutlierThreshold = 2.5 };
        var (linear, _) = Quantized(new() { Format = CodeFormat.Integer, Bits = 8, Symmetric = true, Activations = scheme });
        var input = torch.tensor(new[] { 1, -2, 3, 0.5f }).view(1, 4);
        var before = linear.Forward(input);
        linear.ScaleColumns(torch.full(4, Number.Of(4f)));
        Assert.True(linear.Forward(input / Number.Of(4)).allclose(before));
        Assert.NotNull(linear.Activations);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(null, true)]
    public void ScaleRows_AnyGrid_GoesIntoTheScales(int? groupSize, bool zeros)
    {
        using var scope = torch.NewDisposeScope();
        var (linear, before) = Quantized(new() { Format = CodeFormat.Integer, Bits = 4, GroupSize = groupSize, Symmetric = !zeros }, zeros);
        var factors = torch.tensor(new float[] { 0.7f, 11 });
        linear.ScaleRows(factors);
        RequireInStep(linear, before * factors.unsqueeze(1));
        Assert.Equal(Codes, linear.Quantized!.Codes.data<byte>().ToArray());
    }

    [Fact]
    public void ScaleRows_OneScaleForTheMatrix_BecomesOneARow()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(2, 4));
        var encoding = new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 4 };
        linear.Replace(new QuantizedWeight(encoding, torch.tensor(Codes, [2, 4]), torch.full(1, 1, Number.Of(0.5f)),
            torch.tensor(new byte[] { 7 }, [1, 1])));
        var (before, factors) = (linear.Weight.clone(), torch.tensor(new float[] { 3, 5 }));
        linear.ScaleRows(factors);
        RequireInStep(linear, before * factors.unsqueeze(1));
        Assert.Equal([2, 1], linear.Quantized!.Scales.shape);
        Assert.Equal(4 + 2 * (16 + 4) / 8.0, linear.Quantized.Encoding.BitsPerWeight);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(0.125f, true)]
    [InlineData(3, false)]
    public void ScaleRows_PowersOfTwoAsScales_KeepCodesForPowersOfTwo(float factor, bool keepsCodes)
    {
        using var scope = torch.NewDisposeScope();
        var (linear, before) = Quantized(new() { Format = CodeFormat.Fp4E2M1, Bits = 4, ScaleBits = 8, GroupSize = 2 });
        linear.ScaleRows(torch.full(2, Number.Of(factor)));
        Assert.Equal(keepsCodes, linear.Quantized is not null);
        Assert.True(Same(linear.Weight, before * Number.Of(factor)));
    }

    [Fact]
    public void ScaleRows_ScalesThatWouldBeInfinite_DropTheCodes()
    {
        using var scope = torch.NewDisposeScope();
        var (linear, _) = Quantized(new() { Format = CodeFormat.Integer, Bits = 4, GroupSize = 2, Symmetric = true });
        linear.ScaleRows(torch.tensor(new[] { 1, float.MaxValue }));
        linear.ScaleRows(torch.tensor(new[] { 1, float.MaxValue }));
        Assert.Null(linear.Quantized);
    }

    [Fact]
    public void Scale_FloatWeightInALargerMatrix_ChangesThatMatrix()
    {
        using var scope = torch.NewDisposeScope();
        var whole = torch.ones(3, 2);
        var linear = new Linear("l", whole.narrow(0, 1, 1), LinearRole.Key, 3);
        linear.ScaleColumns(torch.tensor(new float[] { 2, 3 }));
        linear.ScaleRows(torch.tensor(new float[] { 5 }));
        Assert.Equal([1f, 1, 10, 15, 1, 1], whole.data<float>().ToArray());
        Assert.Equal((LinearRole.Key, 3), (linear.Role, linear.Expert));
    }

    [Fact]
    public void Try_QuantizedWithIntegerProducts_ComputesWithTheTriedValuesAndPutsAllBack()
    {
        using var scope = torch.NewDisposeScope();
        var (linear, before) = Quantized(
            new() { Format = CodeFormat.Integer, Bits = 8, Symmetric = true, Activations = new() { Range = ActivationRange.Token } });
        var (input, encoding) = (torch.ones(1, 4), linear.Encoding);
        var output = linear.Forward(input);
        using (linear.Try(torch.full(2, 4, Number.Of(3f))))
        {
            Assert.Equal([12f, 12], linear.Forward(input).data<float>().ToArray());
            Assert.Null(linear.Activations);
            Assert.Throws<InvalidOperationException>(() => linear.Try(before));
        }
        RequireInStep(linear, before);
        Assert.Equal(encoding, linear.Encoding);
        Assert.True(Same(linear.Forward(input), output));
        Assert.Throws<ArgumentException>(() => linear.Try(torch.zeros(2, 3)));
    }

    /// <summary>A linear [2, 4] with some codes, and its values.</summary>
    private static (Linear Linear, torch.Tensor Values) Quantized(QuantizedEncoding encoding, bool zeros = false,
        long[]? columnGroups = null)
    {
        var linear = new Linear("l", torch.zeros(2, 4));
        var groups = encoding.GroupSize is { } size ? 4 / size : 1;
        var scales = torch.tensor(new[] { 0.5f, 2, 0.25f, 4 }).narrow(0, 0, 2 * groups).view(2, groups);
        var codesOfZero = zeros ? torch.tensor(new byte[] { 3, 1, 2, 9 }).narrow(0, 0, 2 * groups).view(2, groups) : null;
        linear.Replace(new QuantizedWeight(encoding, torch.tensor(Codes, [2, 4]), scales, codesOfZero, columnGroups is null ? null
            : torch.tensor(columnGroups)));
        return (linear, linear.Weight.clone());
    }

    private static string Text(torch.Tensor values) => string.Join(", ", values.data<float>().ToArray());

    private static void RequireInStep(Linear linear, torch.Tensor expected)
    {
        Assert.True(linear.Weight.allclose(expected, 1e-6), $"{Text(linear.Weight)} is not {Text(expected)}.");
        Assert.True(Same(linear.Weight, linear.Quantized!.Decode()), "Values and codes have parted.");
    }

    private static bool Same(torch.Tensor one, torch.Tensor other) => one.eq(other).all().item<bool>();
}
