using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Feeds;

/// <summary>How a token's experts are chosen and weighed. Scores are computed in float32.</summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Experts">Experts to choose from.</param>
/// <param name="PerToken">Experts that a token has.</param>
/// <param name="Score">What becomes of the logits.</param>
internal sealed record RouterSpec(int Width, int Experts, int PerToken, RouterScore Score)
{
    public string Name { get; init; } = "mlp.gate";

    /// <summary>Other names that the linear has in folders.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    public bool HasBias { get; init; }

    /// <summary>The tensor that is added to scores for the choice alone, [experts] (auxiliary-loss-free balancing, Wang et al., arXiv
    /// 2408.15664); null for none.</summary>
    public string? Correction { get; init; }

    /// <summary>The name of <see cref="Correction"/> in GGUF files.</summary>
    public string GgufCorrection { get; init; } = "exp_probs_b.bias";

    /// <summary>Whether experts are chosen by their logits, <see cref="Correction"/> included, instead of by the scores.</summary>
    public bool ChoosesByLogits { get; init; }

    /// <summary>c in c · tanh(logit / c); null for none.</summary>
    public double? LogitCap { get; init; }

    /// <summary>The shape of <see cref="Correction"/> in files.</summary>
    public long[]? CorrectionShape { get; init; }

    /// <summary>Groups of experts, of which those with the best two scores in sum are chosen from (DeepSeek-V3, arXiv
    /// 2412.19437).</summary>
    public int Groups { get; init; } = 1;

    public int GroupsPerToken { get; init; } = 1;

    /// <summary>How many of a group's best scores stand for it.</summary>
    public int GroupBest { get; init; } = 2;

    /// <summary>Whether a choice beyond the last expert is none at all, whose output is 0.</summary>
    public bool MayChooseNone { get; init; }

    /// <summary>What stands between the input and the logits; null for one linear.</summary>
    public RouterMlpSpec? Mlp { get; init; }

    /// <summary>Logits of a token.</summary>
    public int Choices => MayChooseNone ? Experts + 1 : Experts;

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Linear.Parameters, .. CorrectionSpec is { } correction ? (ParameterSpec[])[correction] : [], .. Mlp?.Parameters(Choices) ?? [],
    ];

    /// <summary>Whether the weights of a token's experts are divided by their sum.</summary>
    public bool Normalized { get; init; }

    /// <summary>What is added to that sum.</summary>
    public double NormEpsilon { get; init; }

    /// <summary>The least that the sum is taken for.</summary>
    public double NormLeast { get; init; }

    /// <summary>What weights are multiplied by in the end.</summary>
    public double Factor { get; init; } = 1;

    public LinearSpec Linear => new(LinearRole.Router, Name, Mlp?.Inner ?? Choices, Width, "ffn_gate_inp") { HasBias = HasBias,
        Others = Others };

    public ParameterSpec? CorrectionSpec => Correction is null ? null
        : new(ParameterKind.Other, Correction, CorrectionShape ?? [Choices]) { Gguf = GgufCorrection };
}
