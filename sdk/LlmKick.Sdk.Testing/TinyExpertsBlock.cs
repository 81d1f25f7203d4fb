using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace LlmKick.Sdk.Testing;

/// <summary>A block of <see cref="TinyExperts"/>: beside each other two linears in a row, and experts of which each token reaches
/// one.</summary>
internal sealed class TinyExpertsBlock : IBlock
{
    private const int Width = TinyExperts.Width;
    private const string NormWeight = "norm.weight";
    private const string ValueBias = "mixer.v_proj.bias";
    private readonly torch.Tensor _handicap = torch.tensor(new[] { 0, 0, 0, -1e4f }).DetachFromDisposeScope();

    public TinyExpertsBlock(int index, torch.Generator random)
    {
        Linear Make(string name, LinearRole role, int outputs = Width, int? expert = null) =>
            new(name, TinyBlock.Random([outputs, Width], torch.float32, random), role, expert);
        Index = index;
        Parameters = new Dictionary<string, torch.Tensor>
        {
            [NormWeight] = torch.zeros(Width).DetachFromDisposeScope(),
            [ValueBias] = TinyBlock.Random([Width], torch.float32, random),
            ["mlp.router.handicap"] = _handicap,
        };
        var (value, output, router) = (Make("mixer.v_proj", LinearRole.Value), Make("mixer.o_proj", LinearRole.Output),
            Make("mlp.router", LinearRole.Router, TinyExperts.Experts));
        var experts = Enumerable.Range(0, TinyExperts.Experts).Select(e => ((LinearRole[])[LinearRole.Gate, LinearRole.Up, LinearRole.Down])
            .Select(role => Make($"mlp.experts.{e}.{role.ToString().ToLowerInvariant()}_proj", role, expert: e)).ToArray()).ToList();
        var norm = new InputSource("norm", Parameters[NormWeight]) { Offset = 1,
            Readers = [value, router, .. experts.SelectMany(e => e[..2])] };
        Groups =
        [
            new("mixer.v", [value]) { Source = norm },
            new("mixer.o", [output]) { Source = new InputSource(value, Parameters[ValueBias]) { Readers = [output] } },
            new("mlp.router", [router]) { Source = norm },
            .. experts.SelectMany((e, i) => (LinearGroup[])
            [
                new($"mlp.experts.{i}.gate_up", e[..2]) { Source = norm },
                new($"mlp.experts.{i}.down", [e[2]]) { Source = new InputSource(e[1], null) { Readers = [e[2]] } },
            ]),
        ];
    }

    public int Index { get; }

    public IReadOnlyList<LinearGroup> Groups { get; }

    public IReadOnlyDictionary<string, torch.Tensor> Parameters { get; }

    public torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null) =>
        Run(hidden, observe, showsAll: false);

    public torch.Tensor ForwardShowingAll(torch.Tensor hidden, Action<LinearGroup, torch.Tensor> observe) =>
        Run(hidden, observe, showsAll: true);

    /// <summary>Does nothing: the block is the model's own and stays in memory.</summary>
    public void Commit()
    {
    }

    public void Dispose()
    {
    }

    private torch.Tensor Run(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe, bool showsAll)
    {
        using var scope = torch.NewDisposeScope();
        var normed = TinyBlock.Norm(hidden) * Parameters[NormWeight].add(Number.One, Number.One);
        var mixed = Apply(1, Apply(0, normed, observe)[0].add(Parameters[ValueBias], Number.One), observe)[0];
        var rows = normed.flatten(0, 1);
        var scores = functional.softmax(Apply(2, rows, observe)[0].add(_handicap, Number.One), -1);
        var (best, chosen) = scores.max(-1, keepdim: true);
        var fed = torch.zeros_like(rows);
        for (var expert = 0; expert < TinyExperts.Experts; expert++)
        {
            if (showsAll)
                Feed(rows, torch.ones(rows.shape[0]).nonzero().select(1, 0), expert, torch.zeros_like(rows), observe);
            Feed(rows, chosen.eq(torch.tensor((long)expert)).nonzero().select(1, 0), expert, fed, showsAll ? null : observe);
        }
        return hidden.add(mixed, Number.One).add((fed * best).view(hidden.shape), Number.One).MoveToOuterDisposeScope();
    }

    /// <summary>Adds what an expert makes of the tokens that reach it.</summary>
    private void Feed(torch.Tensor rows, torch.Tensor tokens, int expert, torch.Tensor fed, Action<LinearGroup, torch.Tensor>? observe)
    {
        if (tokens.shape[0] == 0)
            return;
        var inner = Apply(3 + 2 * expert, rows.index_select(0, tokens), observe);
        fed.index_add_(0, tokens, Apply(4 + 2 * expert, functional.silu(inner[0]) * inner[1], observe)[0], Number.One);
    }

    private torch.Tensor[] Apply(int group, torch.Tensor input, Action<LinearGroup, torch.Tensor>? observe)
    {
        observe?.Invoke(Groups[group], input);
        return [.. Groups[group].Linears.Select(linear => linear.Forward(input))];
    }
}
