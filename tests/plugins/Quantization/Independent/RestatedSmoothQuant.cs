namespace LlmKick.Tests.Quantization.Independent;

/// <summary>
/// SmoothQuant as its paper (arXiv 2211.10438) states it, section 4 and table 2: s_j = max|X_j|^α / max|W_j|^(1−α) over the original
/// model's inputs, fused into what comes before; then int8 by absolute maximum.
/// </summary>
internal sealed class RestatedSmoothQuant(RestatedBlock block, double alpha, bool weightsPerTensor)
{
    private readonly Dictionary<string, double> inputSteps = [];

    public Rounding Rounding { get; } = new();

    /// <summary>Smoothing scales by the first linear of their group.</summary>
    public Dictionary<string, double[]> Scales { get; } = [];

    /// <summary>Smooths and calibrates; the sequences are those that enter the block in the original model.</summary>
    public void Prepare(IReadOnlyList<double[][]> sequences, bool normsOnly)
    {
        var largest = Largest(sequences);
        Smooth(["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], largest);
        Smooth(["mlp.gate_proj", "mlp.up_proj"], largest);
        Divide(block.Norms[RestatedBlock.AttentionNorm], Scales["self_attn.q_proj"]);
        Divide(block.Norms[RestatedBlock.FeedForwardNorm], Scales["mlp.gate_proj"]);
        if (!normsOnly)
            SmoothDown(largest);
        foreach (var (name, inputs) in Largest(sequences))
            inputSteps[name] = Rounding.Step(inputs);
    }

    /// <summary>Steps of a weight's rows.</summary>
    public double[] WeightSteps(string linear)
    {
        var weight = block.Weights[linear];
        return weightsPerTensor ? [.. Enumerable.Repeat(Rounding.Step(weight.SelectMany(row => row)), weight.Length)]
            : [.. weight.Select(Rounding.Step)];
    }

    /// <summary>The static step of a linear's input.</summary>
    public double InputStep(string linear) => inputSteps[linear];

    /// <summary>The block as it runs: both sides integers, each token with a step of its own unless the steps are static.</summary>
    /// <param name="hidden">[tokens][width].</param>
    /// <param name="staticSteps">Whether the inputs' steps are those of calibration.</param>
    /// <param name="codes">⌈W / Δ⌋ of each linear.</param>
    public double[][] Forward(double[][] hidden, bool staticSteps, IReadOnlyDictionary<string, double[][]> codes) =>
        block.Forward(hidden, (name, input) => Multiply(name, input, staticSteps, codes[name]));

    private double[][] Multiply(string linear, double[][] input, bool staticSteps, double[][] codes)
    {
        var steps = WeightSteps(linear);
        return [.. input.Select(token =>
        {
            var step = staticSteps ? inputSteps[linear] : Rounding.Step(token);
            var rounded = Rounding.Codes(token, step);
            return codes.Zip(steps, (row, weightStep) => Rows.Dot(rounded, row) * step * weightStep).ToArray();
        })];
    }

    private Dictionary<string, double[]> Largest(IReadOnlyList<double[][]> sequences)
    {
        var largest = new Dictionary<string, double[]>();
        foreach (var sequence in sequences)
            block.Forward(sequence, (name, input) =>
                largest[name] = Rows.Largest(largest.TryGetValue(name, out var before) ? [before, .. input] : input));
        return largest;
    }

    private void Smooth(string[] linears, Dictionary<string, double[]> largest)
    {
        var weights = Rows.Largest(linears.SelectMany(name => block.Weights[name]));
        var scales = largest[linears[0]].Zip(weights, (x, w) => Math.Pow(x, alpha) / Math.Pow(w, 1 - alpha)).ToArray();
        foreach (var row in linears.SelectMany(name => block.Weights[name]))
            for (var i = 0; i < row.Length; i++)
                row[i] *= scales[i];
        Scales[linears[0]] = scales;
    }

    /// <summary>The feed-forward part's second input is proportional to the rows of the first's ungated half.</summary>
    private void SmoothDown(Dictionary<string, double[]> largest)
    {
        Smooth(["mlp.down_proj"], largest);
        foreach (var (row, scale) in block.Weights["mlp.up_proj"].Zip(Scales["mlp.down_proj"]))
            for (var i = 0; i < row.Length; i++)
                row[i] /= scale;
    }

    private static void Divide(double[] values, double[] by)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] /= by[i];
    }
}
