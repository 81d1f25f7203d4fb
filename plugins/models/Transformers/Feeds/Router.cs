using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>Computes <see cref="RouterSpec"/>.</summary>
internal sealed class Router(RouterSpec spec, FusedLinear linear, Tensor? correction, RouterMlp? mlp)
{
    // From one number to the next, as a share of a number just above a power of two.
    private const double BFloat16Step = 1.0 / 128;

    public FusedLinear Linear => linear;

    /// <summary>Those behind the first.</summary>
    public IReadOnlyList<FusedLinear> Later => mlp?.Linears ?? [];

    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
        [.. correction is null ? [] : ((string, Tensor)[])[(spec.Correction!, correction)], .. mlp?.Parameters ?? []];

    /// <summary>What was chosen so far; null where all experts are.</summary>
    public RouterChoices? Choices { get; private set; } = spec.PerToken < spec.Experts ? new RouterChoices() : null;

    /// <summary>Each token's experts and their weights.</summary>
    /// <param name="input">[tokens, width].</param>
    /// <param name="pass">The pass, which keeps what a router remembers.</param>
    /// <param name="observe">As in <see cref="IPart.Forward"/>.</param>
    /// <returns>float32 and int64, [tokens, experts of a token], owned by the caller's dispose scope.</returns>
    public (Tensor Weights, Tensor Experts) Choose(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var projected = linear.Forward(input, observe);
        var logits = (mlp?.Forward(projected, pass, observe) ?? projected).to_type(ScalarType.Float32);
        if (spec.LogitCap is { } cap)
            logits = logits.div(Number.Of(cap)).tanh_().mul_(Number.Of(cap));
        var scores = spec.Score switch
        {
            RouterScore.Softmax => logits.softmax(-1, ScalarType.Float32),
            RouterScore.Sigmoid => logits.sigmoid(),
            _ => logits,
        };
        var compared = spec.ChoosesByLogits ? logits : scores;
        var open = InGroups(correction is null ? compared : compared.add(Corrections(correction), Number.One));
        var (_, chosen) = open.topk(spec.PerToken, -1, largest: true, sorted: true);
        if (Choices is not null)
            Count(spec is { Score: RouterScore.Softmax, Groups: 1 } && correction is null ? logits : open, pass.Real);
        var weights = scores.gather(-1, chosen);
        if (spec.Score == RouterScore.SoftmaxOfChosen)
            weights = weights.softmax(-1, ScalarType.Float32);
        if (spec.Normalized)
            weights = weights.div(weights.sum(-1, keepdim: true).add(Number.Of(spec.NormEpsilon), Number.One)
                .clamp_min(Number.Of(spec.NormLeast)));
        if (spec.Factor != 1)
            weights = weights.mul(Number.Of(spec.Factor));
        return (weights.MoveToOuterDisposeScope(), chosen.MoveToOuterDisposeScope());
    }

    /// <summary>Counts the tokens whose last expert and the next lie closer than bfloat16 tells them apart.</summary>
    private void Count(Tensor compared, Tensor? real)
    {
        using var scope = NewDisposeScope();
        var (best, _) = compared.topk(spec.PerToken + 1, -1, largest: true, sorted: true);
        var (last, next) = (best.select(-1, spec.PerToken - 1), best.select(-1, spec.PerToken));
        var close = last.sub(next).le(last.abs().maximum(next.abs()).mul(Number.Of(BFloat16Step))).logical_and(next.isfinite());
        Choices += real is null ? new RouterChoices(close.numel(), close.count_nonzero().item<long>())
            : new RouterChoices(real.count_nonzero().item<long>(), close.logical_and(real.flatten()).count_nonzero().item<long>());
    }

    /// <summary>The reference holds that of no expert at −1, whatever stands in the file.</summary>
    private Tensor Corrections(Tensor stored)
    {
        var all = stored.view(-1);
        if (!spec.MayChooseNone)
            return all;
        all = all.clone();
        all.narrow(0, spec.Experts, 1).fill_(Number.Of(-1));
        return all;
    }

    /// <summary>−∞ for the experts of groups that are not chosen.</summary>
    private Tensor InGroups(Tensor scores)
    {
        if (spec.Groups <= spec.GroupsPerToken)
            return scores;
        var groups = scores.view(scores.shape[0], spec.Groups, -1);
        var (best, _) = groups.topk((int)Math.Min(spec.GroupBest, groups.shape[2]), -1, largest: true, sorted: true);
        var (_, kept) = best.sum(-1).topk(spec.GroupsPerToken, -1, largest: true, sorted: true);
        var isKept = zeros([scores.shape[0], spec.Groups], ScalarType.Bool, scores.device).scatter_(1, kept,
            ones(kept.shape, ScalarType.Bool, scores.device));
        return groups.masked_fill(isKept.logical_not().unsqueeze(-1), Number.Of(double.NegativeInfinity)).view(scores.shape);
    }
}
