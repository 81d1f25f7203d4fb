using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Independent;

public sealed class SmoothQuantTests
{
    private const int Tokens = 12;
    private static readonly CalibrationSet Calibration = TinyLlama.Calibration(4, Tokens);

    public static TheoryData<double, ActivationKind, WeightShare, SmoothedGroups> Settings => new(
        from alpha in (double[])[0.5, 0.75]
        from activations in Enum.GetValues<ActivationKind>()
        from weights in Enum.GetValues<WeightShare>()
        from smooth in Enum.GetValues<SmoothedGroups>()
        select (alpha, activations, weights, smooth));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Compress_Norms_AreDividedByThePapersScales(double alpha, ActivationKind activations, WeightShare weights, SmoothedGroups smooth)
    {
        using var pair = new Pair(alpha, activations, weights, smooth);
        foreach (var (norm, linear) in (ReadOnlySpan<(string, string)>)[(RestatedBlock.AttentionNorm, "self_attn.q_proj"), (RestatedBlock.FeedForwardNorm, "mlp.gate_proj")])
            Assert.All(Rows.Of(pair.Block.Norms[norm].view(1, -1))[0].Zip(pair.Restated.Scales[linear]), pair => Assert.Equal(1, pair.First * pair.Second, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Compress_Weights_AreThePapersIntegers(double alpha, ActivationKind activations, WeightShare weights, SmoothedGroups smooth)
    {
        using var pair = new Pair(alpha, activations, weights, smooth);
        Assert.All(pair.Block.Groups.SelectMany(group => group.Linears), linear =>
        {
            var steps = pair.Restated.WeightSteps(linear.Name);
            var exact = pair.Weights[linear.Name].Zip(steps, (row, step) => row.Select(value => value / step)).SelectMany(row => row);
            Assert.All(Rows.Of(linear.Quantized!.Codes).SelectMany(row => row).Zip(exact), code => Assert.InRange(Math.Abs(code.First - code.Second), 0, 0.5001));
        });
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Forward_CompressedBlock_IsThePapersProduct(double alpha, ActivationKind activations, WeightShare weights, SmoothedGroups smooth)
    {
        using var pair = new Pair(alpha, activations, weights, smooth);
        using var actual = pair.Block.Forward(Rows.ToTensor(pair.Hidden));
        var expected = pair.Restated.Forward(pair.Hidden, activations == ActivationKind.Static);
        Assert.InRange(pair.Restated.Rounding.ClosestTie, 1e-5, 0.5);
        Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-4);
    }

    [Theory]
    [InlineData(SmoothedGroups.Norms)]
    [InlineData(SmoothedGroups.All)]
    public void Compress_StaticActivations_TakeTheirStepFromTheOriginalModel(SmoothedGroups smooth)
    {
        using var pair = new Pair(0.5, ActivationKind.Static, WeightShare.Channel, smooth);
        Assert.All(pair.Block.Groups.SelectMany(group => group.Linears), linear =>
            Assert.Equal(1, linear.Activations!.Scale!.Value / pair.Restated.InputStep(linear.Name), 1e-5));
    }

    /// <summary>The second block of a model that the plugin compressed, and of one that the restatement did.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly TinyLlama model = new(2);

        public Pair(double alpha, ActivationKind activations, WeightShare weights, SmoothedGroups smooth)
        {
            var (first, second) = (new RestatedBlock(model.Open(0)), new RestatedBlock(model.Open(1)));
            var sequences = Calibration.Sequences.Select(tokens => first.Forward(Embed(tokens))).ToArray();
            (Hidden, Weights) = (sequences[^1], second.Weights);
            Restated = new RestatedSmoothQuant(second, alpha, weights == WeightShare.Tensor);
            Restated.Prepare(sequences, smooth == SmoothedGroups.Norms);
            new SmoothQuant(new SmoothQuantOptions { Alpha = alpha, Activations = activations, Weights = weights, Smooth = smooth }).Run(model, Calibration);
        }

        public IBlock Block => model.Open(1);

        public RestatedSmoothQuant Restated { get; }

        /// <summary>The smoothed weights, not rounded.</summary>
        public Dictionary<string, double[][]> Weights { get; }

        public double[][] Hidden { get; }

        public void Dispose() => model.Dispose();

        private double[][] Embed(IReadOnlyList<int> tokens)
        {
            using var ids = torch.tensor(tokens.Select(token => (long)token).ToArray(), [1, tokens.Count]);
            using var hidden = model.Embed(ids);
            return Rows.Of(hidden);
        }
    }
}
