using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>Computes <see cref="Experts"/>: tokens are ordered by their experts, each expert reads its own at once.</summary>
internal sealed class ExpertsFeed(Experts spec, Router router, IReadOnlyList<IPart> experts, IPart? shared, FusedLinear? sharedGate) : IPart
{
    private IEnumerable<IPart> All => shared is null ? experts : experts.Prepend(shared);

    public IReadOnlyList<FusedLinear> Linears => field ??=
    [
        router.Linear, .. sharedGate is null ? [] : (FusedLinear[])[sharedGate], .. All.Select(expert => expert.Linears[0]),
        .. router.Later, .. All.Select(expert => expert.Linears[1]),
    ];

    public int Readers => Linears.Count - All.Count() - router.Later.Count;

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => router.Parameters;

    public RouterChoices? Routing => router.Choices;

    public Func<Tensor, ForwardPass, Tensor>? From(FusedLinear linears) =>
        All.FirstOrDefault(expert => expert.Linears[0] == linears) is { } own ? (input, pass) => own.Forward(input, pass, null) : null;

    public InputSource? SourceOf(FusedLinear linears) =>
        All.FirstOrDefault(expert => expert.Linears[1] == linears)?.SourceOf(linears);

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var tokens = input.reshape(-1, input.shape[^1]);
        var output = Routed(tokens, pass, observe);
        if (shared is not null)
        {
            var own = shared.Forward(tokens, pass, observe);
            output = output.add_(sharedGate is null ? own : own.mul_(sharedGate.Forward(tokens, observe).sigmoid_()), Number.One);
        }
        return (spec.Factor == 1 ? output : output.mul_(Number.Of(spec.Factor))).view(input.shape).MoveToOuterDisposeScope();
    }

    private Tensor Routed(Tensor tokens, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var (weights, chosen) = router.Choose(tokens, pass, observe);
        var (byExpert, order) = chosen.flatten().sort(0, false, true);
        var counts = byExpert.bincount(null, experts.Count).cpu().data<long>().ToArray();
        var rows = order.div(Number.Of(chosen.shape[1]), RoundingMode.floor);
        var ordered = tokens.index_select(0, rows);
        var orderedWeights = weights.flatten().index_select(0, order).unsqueeze(1).to_type(tokens.dtype);
        if (spec.WeighsInputs)
            ordered = ordered.mul_(orderedWeights);
        var outputs = new List<Tensor>();
        if (pass.ShowsAll && observe is not null)
        {
            foreach (var expert in experts)
                expert.Forward(tokens, pass, observe).Dispose();
            observe = null;
        }
        long first = 0;
        foreach (var (expert, count) in counts.Take(experts.Count).Index().Where(own => own.Item > 0))
        {
            outputs.Add(experts[expert].Forward(ordered.narrow(0, first, count), pass, observe));
            first += count;
        }
        if (first == 0)
            return zeros_like(tokens).MoveToOuterDisposeScope();
        // Tokens that have no expert stand last.
        var written = spec.WeighsInputs ? cat(outputs) : cat(outputs).mul_(orderedWeights.narrow(0, 0, first));
        return zeros_like(tokens).index_add_(0, rows.narrow(0, 0, first), written, Number.One).MoveToOuterDisposeScope();
    }
}
