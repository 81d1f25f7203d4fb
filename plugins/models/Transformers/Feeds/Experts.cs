using System.Globalization;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Feeds;

/// <summary>
/// Σ over a token's experts of weight · down(activation(gate(x)) · up(x)) (Shazeer et al., arXiv 1701.06538), and the same of a shared
/// expert that every token has; or, with weighed inputs, of down(activation(gate(weight · x)) · up(weight · x)).
/// </summary>
/// <param name="Router">Chooses.</param>
/// <param name="Inner">Numbers between, in an expert.</param>
/// <param name="Activation">The activation function.</param>
internal sealed record Experts(RouterSpec Router, int Inner, Activation Activation) : IFeedSpec
{
    /// <summary>What stands before an expert's number.</summary>
    public string Module { get; init; } = "mlp.experts";

    /// <summary>Null where experts are down(activation(up(x))).</summary>
    public string? Gate { get; init; } = "gate_proj";

    public string Up { get; init; } = "up_proj";

    public string Down { get; init; } = "down_proj";

    /// <summary>How folders of the family stack them, in place of tensors of each.</summary>
    public IReadOnlyList<ExpertStack> Stacks { get; init; } = [new("mlp.experts.gate_up_proj", "mlp.experts.down_proj")];

    public bool HasBias { get; init; }

    /// <summary>Where gate and up are cut off; null for nowhere.</summary>
    public double? Limit { get; init; }

    /// <summary>The expert that every token has; null for none.</summary>
    public IFeedSpec? Shared { get; init; }

    /// <summary>The linear whose sigmoid weighs the shared expert; null where nothing does.</summary>
    public string? SharedGate { get; init; }

    /// <summary>Whether what an expert reads is weighed, instead of what it puts out (Llama 4).</summary>
    public bool WeighsInputs { get; init; }

    /// <summary>What the sum of all is multiplied by.</summary>
    public double Factor { get; init; } = 1;

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Router.Parameters,
        .. Numbers.SelectMany(expert => InputsOf(expert).Append(LastOf(expert))).SelectMany(linear => linear.Parameters),
        .. Shared?.Parameters ?? [], .. SharedGateSpec?.Parameters ?? [],
    ];

    private IEnumerable<int> Numbers => Enumerable.Range(0, Router.Experts);

    private LinearSpec? SharedGateSpec => SharedGate is null ? null
        : new(LinearRole.Router, SharedGate, 1, Router.Width, "ffn_gate_inp_shexp");

    public IPart Build(IPartReader reader)
    {
        var router = new Router(Router, reader.Linears(Router.Name, Router.Linear),
            Router.CorrectionSpec is { } correction ? reader.Tensor(correction) : null, Router.Mlp?.Build(reader, Router.Choices));
        var experts = Numbers.Select(expert => Expert(reader.Linears($"{Of(expert)}.{(Gate is null ? "up" : "gate_up")}", InputsOf(expert)),
            reader.Linears($"{Of(expert)}.down", LastOf(expert))));
        return new ExpertsFeed(this, router, [.. experts], Shared?.Build(reader),
            SharedGateSpec is { } gate ? reader.Linears(gate.Name, gate) : null);
    }

    private IPart Expert(FusedLinear first, FusedLinear last) => Gate is null ? new PlainFeed(null, Activation, first, last)
        : new GatedFeed(Activation, first, last) { Limit = Limit };

    private string Of(int expert) => string.Create(CultureInfo.InvariantCulture, $"{Module}.{expert}");

    private LinearSpec[] InputsOf(int expert) =>
    [
        .. Gate is null ? [] : (LinearSpec[])[Linear(LinearRole.Gate, expert, Gate, Inner, Router.Width, "ffn_gate_exps",
            stack => Half(stack, 0))],
        Linear(LinearRole.Up, expert, Up, Inner, Router.Width, "ffn_up_exps", stack => Gate is null ? (stack.GateUp, Inner, 0, 1)
            : Half(stack, 1)),
    ];

    private LinearSpec LastOf(int expert) => Linear(
        LinearRole.Down, expert, Down, Router.Width, Inner, "ffn_down_exps", stack => (stack.Down, Router.Width, 0, 1));

    private (string Name, int Rows, int First, int Step) Half(ExpertStack stack, int half) =>
        (stack.GateUp, 2 * Inner, stack.Interleaved ? half : half * Inner, stack.Interleaved ? 2 : 1);

    private LinearSpec Linear(LinearRole role, int expert, string name, int outputs, int inputs, string gguf,
        Func<ExpertStack, (string Name, int Rows, int First, int Step)> rowsOf)
    {
        StackPlace Place(ExpertStack stack, bool isBias)
        {
            var (whole, rows, first, step) = rowsOf(stack);
            long[] shape = isBias ? [Router.Experts, rows] : stack.IsMxfp4 ? [Router.Experts, rows, inputs / 32, 16]
                : stack.Transposed ? [Router.Experts, inputs, rows] : [Router.Experts, rows, inputs];
            return new StackPlace(whole + (isBias ? "_bias" : ""), shape, expert)
            {
                First = first,
                Step = step,
                Transposed = stack.Transposed && !isBias,
                IsMxfp4 = stack.IsMxfp4 && !isBias,
            };
        }
        return new(role, $"{Of(expert)}.{name}", outputs, inputs, null)
        {
            Expert = expert,
            HasBias = HasBias,
            Stacks = [.. Stacks.Select(stack => Place(stack, isBias: false))],
            BiasStacks = HasBias ? [.. Stacks.Select(stack => Place(stack, isBias: true))] : [],
            GgufStack = new StackPlace($"{gguf}.weight", [Router.Experts, outputs, inputs], expert),
        };
    }
}
