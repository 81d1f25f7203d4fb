using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Independent;

/// <summary>The second block of a model that the plugin compressed, against one that the restatement did.</summary>
public sealed class SmoothQuantTests
{
    private const int Tokens = 12;
    private static readonly CalibrationSet Calibration = TinyLlama.Calibration(4, Tokens);

    public static TheoryData<double, ActivationKind, WeightShare, SmoothedGroups> Settings => new(
        (0.5, ActivationKind.Dynamic, WeightShare.Channel, SmoothedGroups.Norms),
        (0.75, ActivationKind.Dynamic, WeightShare.Tensor, SmoothedGroups.Norms),
        (0.5, ActivationKind.Static, WeightShare.Tensor, SmoothedGroups.Norms),
        (0.5, ActivationKind.Dynamic, WeightShare.Channel, SmoothedGroups.All),
        (0.5, ActivationKind.Static, WeightShare.Tensor, SmoothedGroups.All),
        (0.75, ActivationKind.Static, WeightShare.Channel, SmoothedGroups.All));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Compress_Norms_AreDividedByThePapersScales(double alpha, ActivationKind activations, WeightShare weights,
        SmoothedGroups smooth)
    {
        using var pair = new Pair(alpha, activations, weights, smooth);
        foreach (var (norm, linear) in (ReadOnlySpan<(string, string)>)[(RestatedBlock.AttentionNorm, "self_attn.q_proj"),
            (RestatedBlock.FeedForwardNorm, "mlp.gate_proj")])
            Assert.All(Rows.Of(pair.Block.Parameters[norm + ".weight"].view(1, -1))[0].Zip(pair.Restated.Scales[linear]),
                both => Assert.Equal(1, both.First * both.Second, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Forward_CompressedBlock_IsThePapersProduct(double alpha, ActivationKind activations, WeightShare weights,
        SmoothedGroups smooth)
    {
        using var pair = new Pair(alpha, activations, weights, smooth);
        using var actual = pair.Block.Forward(Rows.ToTensor(pair.Hidden));
        var codes = pair.Linears.ToDictionary(linear => linear.Name,
            linear => WeightCodes.Require(linear, pair.Weights[linear.Name], pair.Restated.WeightSteps(linear.Name)));
        var expected = pair.Restated.Forward(pair.Hidden, activations == ActivationKind.Static, codes);
        Assert.InRange(pair.Restated.Rounding.ClosestTie, 5e-5, 0.5);
        Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-4);
    }

    [Theory]
    [InlineData(SmoothedGroups.Norms)]
    [InlineData(SmoothedGroups.All)]
    public void Compress_StaticActivations_TakeTheirStepFromTheOriginalModel(SmoothedGroups smooth)
    {
        using var pair = new Pair(0.5, ActivationKind.Static, WeightShare.Channel, smooth);
        Assert.All(pair.Linears, linear => Assert.Equal(1, linear.Activations!.Scale!.Value / pair.Restated.InputStep(linear.Name), 1e-5));
    }

    private sealed class Pair : IDisposable
    {
        private readonly TinyLlama model = new(2);

        public Pair(double alpha, ActivationKind activations, WeightShare weights, SmoothedGroups smooth)
        {
            var (first, second) = (new RestatedBlock(model.Open(0)), new RestatedBlock(model.Open(1)));
            var sequences = Calibration.Sequences.Select(tokens => first.Forward(Embed(tokens))).ToArray();
            (Hidden, Weights) = (sequences[^1][..4], second.Weights);
            Restated = new RestatedSmoothQuant(second, alpha, weights == WeightShare.Tensor);
            Restated.Prepare(sequences, smooth == SmoothedGroups.Norms);
            new SmoothQuant(new SmoothQuantOptions { Alpha = alpha, Activations = activations, Weights = weights, Smooth = smooth })
                .Run(model, Calibration);
        }

        public IBlock Block => model.Open(1);

        public IEnumerable<Linear> Linears => Block.Groups.SelectMany(group => group.Linears);

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
