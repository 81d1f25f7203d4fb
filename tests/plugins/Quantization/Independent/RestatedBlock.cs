using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Quantization.Independent;

/// <summary>A block of <see cref="TinyLlama"/> in float64: two query heads over one of keys and values, and a gated feed-forward
/// part.</summary>
internal sealed class RestatedBlock(IBlock block)
{
    public const string AttentionNorm = "input_layernorm";
    public const string FeedForwardNorm = "post_attention_layernorm";

    /// <summary>Weights by name, [outputs][inputs].</summary>
    public Dictionary<string, double[][]> Weights { get; } = block.Groups.SelectMany(g => g.Linears)
        .ToDictionary(l => l.Name, l => Rows.Of(l.Weight));

    public Dictionary<string, double[]> Norms { get; } =
        block.Parameters.ToDictionary(n => n.Key[..^".weight".Length], n => Rows.Of(n.Value.view(1, -1))[0]);

    /// <summary>Runs a sequence through.</summary>
    /// <param name="hidden">[tokens][width].</param>
    /// <param name="multiply">The linears.</param>
    /// <param name="keep">What becomes of a head's keys or values of one token.</param>
    public double[][] Forward(double[][] hidden, Multiply multiply, Func<double[], double[]>? keep = null)
    {
        var attended = Rows.Sum(hidden, Attend(Norm(hidden, Norms[AttentionNorm]), multiply, keep ?? (kept => kept)));
        return Rows.Sum(attended, Feed(Norm(attended, Norms[FeedForwardNorm]), multiply));
    }

    /// <summary>Runs a sequence through, nothing rounded.</summary>
    public double[][] Forward(double[][] hidden, Action<string, double[][]>? observe = null) => Forward(hidden, (name, input) =>
    {
        observe?.Invoke(name, input);
        return Rows.Product(input, Weights[name]);
    });

    private static double[][] Norm(double[][] hidden, double[] weight) =>
        [.. hidden.Select(x => x.Zip(weight, (v, w) => v * w / Math.Sqrt(x.Average(a => a * a) + 1e-5)).ToArray())];

    private static double[][] Feed(double[][] x, Multiply multiply)
    {
        var (gate, up) = (multiply("mlp.gate_proj", x), multiply("mlp.up_proj", x));
        return multiply("mlp.down_proj", [.. gate.Zip(up, (g, u) => g.Zip(u, (a, b) => a / (1 + Math.Exp(-a)) * b).ToArray())]);
    }

    private static double[][] Attend(double[][] x, Multiply multiply, Func<double[], double[]> keep)
    {
        var keys = multiply("self_attn.k_proj", x).Select((key, position) => keep(Rotate(key, position))).ToArray();
        var queries = multiply("self_attn.q_proj", x);
        var values = multiply("self_attn.v_proj", x).Select(keep).ToArray();
        return multiply("self_attn.o_proj", [.. queries.Select((query, position) => query.Chunk(keys[0].Length)
            .SelectMany(head => Mix(Rotate(head, position), keys[..(position + 1)], values)).ToArray())]);
    }

    /// <summary>softmax(q · Kᵀ / √width) · V.</summary>
    private static double[] Mix(double[] query, double[][] keys, double[][] values)
    {
        var weights = keys.Select(key => Math.Exp(Rows.Dot(query, key) / Math.Sqrt(query.Length))).ToArray();
        return [.. query.Select((_, i) => weights.Zip(values, (w, value) => w * value[i]).Sum() / weights.Sum())];
    }

    private static double[] Rotate(double[] head, int position)
    {
        var half = head.Length / 2;
        double Angle(int i) => position * Math.Pow(10000, -2.0 * i / head.Length);
        return
        [
            .. Enumerable.Range(0, half).Select(i => head[i] * Math.Cos(Angle(i)) - head[i + half] * Math.Sin(Angle(i))),
            .. Enumerable.Range(0, half).Select(i => head[i + half] * Math.Cos(Angle(i)) + head[i] * Math.Sin(Angle(i))),
        ];
    }
}
