using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>AWQ's search of the exponent that the inputs' mean sizes are raised to, equation 5 of the paper: what the group's part of the
/// block puts out is to change least.</summary>
/// <param name="readers">The groups that read what is scaled, with the inputs of each, […, inputs]; their weights are changed and put
/// back.</param>
/// <param name="schemes">The grid of each linear, or null where it is not quantized.</param>
/// <param name="duo">Whether the weights' sizes count too.</param>
internal sealed class AwqScaleSearch(IReadOnlyList<(LinearGroup Group, IReadOnlyList<Tensor> Inputs)> readers,
    IReadOnlyDictionary<Linear, QuantizationScheme?> schemes, bool duo)
{
    // n_grid and the least scale of the reference code.
    private const int Steps = 20;
    private const float Least = 1e-4f;
    private readonly Dictionary<Linear, Tensor> _weights = readers.SelectMany(r => r.Group.Linears)
        .ToDictionary(l => l, l => l.Weight.clone());

    /// <summary>The groups whose output can change, with each of their inputs.</summary>
    private readonly List<(LinearGroup Group, Tensor Input)> _inputs =
    [
        .. readers.Where(r => r.Group.Part is not null || r.Group.Linears.Any(l => schemes[l] is not null))
        .SelectMany(r => r.Inputs.Select(input => (r.Group, input))),
    ];

    /// <summary>Runs the search.</summary>
    /// <returns>The best scales, float32 [inputs], and the mean squared change of the output at each step.</returns>
    public (Tensor Scales, IReadOnlyList<double> Errors) Run()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var outputs = _inputs.ConvertAll(pair => Forward(pair.Group, pair.Input));
        var candidates = Candidates().ToList();
        var errors = candidates.ConvertAll(scales => Error(scales, outputs));
        return (candidates[errors.IndexOf(errors.Min())].MoveToOuterDisposeScope(), errors);
    }

    // Nothing in place here: what 'cat' makes of a single tensor is that tensor.
    private IEnumerable<Tensor> Candidates()
    {
        var size = cat([.. readers.SelectMany(r => r.Inputs).Select(i => i.flatten(0, -2))]).to(ScalarType.Float32).abs().mean([0]);
        var weights = duo ? WeightSizes() : null;
        for (var step = 0; step < Steps; step++)
        {
            var share = (double)step / Steps;
            var scales = size.pow(Number.Of(share));
            if (weights is not null)
                scales = scales.div_(weights.pow(Number.Of(1 - share)).add_(Number.Of(Least), Number.One));
            scales = scales.clamp_min_(Number.Of(Least));
            yield return scales.div_((scales.max() * scales.min()).sqrt_());
        }
    }

    /// <summary>The mean over rows of |W| as a share of the largest in its group.</summary>
    private Tensor WeightSizes()
    {
        var groups = ColumnSplit.Cut(cat([.. _weights.Values]).to(ScalarType.Float32).abs(),
            schemes.Values.First(f => f is not null)!.GroupSize);
        // 1e-6 as in the reference code: a group of zeros has no largest weight.
        return ColumnSplit.Join(groups / groups.amax([-1], keepdim: true).add(Number.Of(1e-6), Number.One), readers[0].Group.Inputs)
            .mean([0]);
    }

    private double Error(Tensor scales, List<Tensor> outputs)
    {
        using var scope = NewDisposeScope();
        var trials = new List<IDisposable>();
        try
        {
            foreach (var (linear, weight) in _weights)
                if (schemes[linear] is { } scheme)
                    trials.Add(linear.Try(Rounded(weight.to(ScalarType.Float32) * scales, scheme).div_(scales)));
            return _inputs.Zip(outputs, (pair, output) => Change(Forward(pair.Group, pair.Input), output))
                .Sum() / outputs.Sum(o => o.numel());
        }
        finally
        {
            trials.ForEach(trial => trial.Dispose());
        }
    }

    private static Tensor Forward(LinearGroup group, Tensor input) => (group.Part, group.Linears) switch
    {
        ({ } part, _) => part(input),
        (_, [var only]) => only.Forward(input),
        (_, var all) => cat([.. all.Select(linear => linear.Forward(input))], -1),
    };

    private static Tensor Rounded(Tensor weight, QuantizationScheme scheme)
    {
        var groups = ColumnSplit.Cut(weight, scheme.GroupSize);
        return ColumnSplit.Join(IntegerGrid.Fit(groups, scheme).Round(groups), weight.shape[1]);
    }

    private static double Change(Tensor output, Tensor before)
    {
        using var scope = NewDisposeScope();
        return output.to(ScalarType.Float32).sub(before).pow(Number.Of(2)).sum(ScalarType.Float64).item<double>();
    }
}
