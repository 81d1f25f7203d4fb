using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Restatements;

/// <summary>SmoothQuant (Xiao et al., arXiv 2211.10438) beside a restatement in float64 of its equations 1, 2 and 4.</summary>
public sealed class SmoothQuantRestatementTests
{
    [Theory]
    [InlineData(0.5, WeightShare.Channel, ActivationKind.Dynamic)]
    [InlineData(0.75, WeightShare.Tensor, ActivationKind.Static)]
    [InlineData(0, WeightShare.Channel, ActivationKind.Static)]
    [InlineData(1, WeightShare.Tensor, ActivationKind.Dynamic)]
    public void Compress_FirstBlock_IsWhatTheEquationsSay(double alpha, WeightShare weights, ActivationKind activations)
    {
        using var untouched = new TinyLlama(1);
        using var model = new TinyLlama(1);
        new SmoothQuant(new SmoothQuantOptions { Alpha = alpha, Weights = weights, Activations = activations })
            .Run(model, TinyLlama.Calibration());
        var inputs = Inputs(untouched);
        Compare("self_attn.qkv", ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], "input_layernorm");
        Compare("self_attn.o", ["self_attn.o_proj"], null);
        Compare("mlp.gate_up", ["mlp.gate_proj", "mlp.up_proj"], "post_attention_layernorm");
        Compare("mlp.down", ["mlp.down_proj"], "mlp.up_proj");

        void Compare(string group, string[] linears, string? source)
        {
            var largest = Columns(inputs[group]);
            var before = linears.ToDictionary(l => l, l => Rows(untouched.Weight(0, l)));
            // Equation 4: s_j = max|X_j|^α / max|W_j|^(1−α).
            var s = largest.Select((x, j) => source is null ? 1
                : Math.Pow(x, alpha) / Math.Pow(before.Values.Max(w => w.Max(row => Math.Abs(row[j]))), 1 - alpha)).ToArray();
            if (source is { } norm && model.Open(0).Parameters.TryGetValue(norm + ".weight", out var weight))
                Assert.All(s.Zip(weight.data<float>()), pair => Assert.Equal(1 / pair.First, pair.Second, 1e-4 / pair.First));
            foreach (var (name, rows) in before)
                CompareWeight(model.Linears.Single(l => l.Name == name), rows, s,
                    name == "mlp.up_proj" ? DownScales(inputs, untouched, alpha) : null);
            // Equation 1 with the smoothed activations: Δ = max|X| / (2^7 − 1).
            var step = largest.Zip(s, (x, scale) => x / scale).Max() / 127;
            foreach (var name in linears)
            {
                var scheme = model.Linears.Single(l => l.Name == name).Activations!;
                Assert.Equal(activations == ActivationKind.Static ? ActivationRange.Tensor : ActivationRange.Token, scheme.Range);
                Assert.Equal(activations == ActivationKind.Static ? 1 : 0, (scheme.Scale ?? 0) / step, 1e-5);
            }
        }

        void CompareWeight(Linear linear, double[][] before, double[] s, double[]? rowScales)
        {
            var smooth = before.Select((row, i) => row.Select((w, j) => w * s[j] / (rowScales?[i] ?? 1)).ToArray()).ToArray();
            var codes = Rows(linear.Quantized!.Codes);
            for (var row = 0; row < smooth.Length; row++)
            {
                var step = (weights == WeightShare.Channel ? smooth[row] : smooth.SelectMany(r => r)).Max(Math.Abs) / 127;
                for (var j = 0; j < s.Length; j++)
                    Assert.Equal(smooth[row][j] / step, codes[row][j] - 128, 0.5 + 1e-3);
                Assert.Equal(step, linear.Quantized.Scales.flatten()[weights == WeightShare.Channel ? row : 0].item<float>(), 1e-4 * step);
            }
        }
    }

    [Fact]
    public void Forward_Smoothed_IsNearTheModelAndNearerThanUnsmoothedWithOutliers()
    {
        double Error(double alpha)
        {
            using var scope = torch.NewDisposeScope();
            using var dense = Outlying();
            using var model = Outlying();
            new SmoothQuant(new SmoothQuantOptions { Alpha = alpha, Activations = ActivationKind.Static })
                .Run(model, TinyLlama.Calibration());
            var tokens = torch.arange(Number.Of(0), Number.Of(40), Number.One).unsqueeze(0);
            var expected = dense.Forward(tokens, [40], null);
            return ((model.Forward(tokens, [40], null) - expected).norm() / expected.norm()).item<float>();
        }
        // α = 0.5 shares the difficulty; α = 0 leaves all of it to the activations, as the paper's figure 10 has it.
        Assert.InRange(Error(0.5), 1e-4, 0.5 * Error(0));
    }

    private static TinyLlama Outlying()
    {
        var model = new TinyLlama(2);
        using (torch.no_grad())
            foreach (var norm in model.Norms)
                norm.narrow(0, 3, 1).fill_(Number.Of(60));
        return model;
    }

    private static double[] DownScales(Dictionary<string, torch.Tensor> inputs, TinyLlama model, double alpha)
    {
        var down = Rows(model.Weight(0, "mlp.down_proj"));
        return [.. Columns(inputs["mlp.down"])
            .Select((x, j) => Math.Pow(x, alpha) / Math.Pow(down.Max(row => Math.Abs(row[j])), 1 - alpha))];
    }

    private static Dictionary<string, torch.Tensor> Inputs(TinyLlama model)
    {
        var inputs = new Dictionary<string, torch.Tensor>();
        var tokens = TinyLlama.Calibration().Sequences;
        using var ids = torch.tensor(tokens.SelectMany(s => s.Select(id => (long)id)).ToArray(), [tokens.Count, tokens[0].Length]);
        using var hidden = model.Embed(ids);
        using var output = model.Open(0).Forward(hidden, (group, input) => inputs[group.Name] = input.clone().DetachFromDisposeScope());
        return inputs;
    }

    private static double[] Columns(torch.Tensor input) => [.. input.abs().amax([0, 1]).data<float>().Select(x => (double)x)];

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
