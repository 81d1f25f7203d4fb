using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>One block: a mixer and a feed-forward part, with norms as its <see cref="Flow"/> says.</summary>
internal sealed class DecoderBlock
{
    private readonly BlockSpec _spec;
    private readonly IReadOnlyList<Norm> _norms;
    private readonly IPart _feed;
    private readonly TokenInput? _tokenInput;
    private readonly Tensor? _scalar;
    private readonly Scale? _step;
    private readonly IReadOnlyList<Shift> _shifts;

    public DecoderBlock(BlockSpec spec, int index, IReadOnlyList<Norm> norms, IMixer mixer, IPart feed, TokenInput? tokenInput,
        Tensor? scalar, Scale? step, IReadOnlyList<Shift> shifts)
    {
        (_spec, Index, _norms, Mixer, _feed, _tokenInput) = (spec, index, norms, mixer, feed, tokenInput);
        (_scalar, _step, _shifts) = (scalar, step, shifts);
        if (!ReadTogether)
            return;
        var (first, second) = (mixer.Linears[0], feed.Linears[0]);
        first.Told = new LinearGroup($"{first.Group.Name}+{second.Group.Name}", [.. first.Linears, .. second.Linears]);
        second.Told = null;
    }

    public Laurel? Laurel { get; init; }

    public Streams? Streams { get; init; }

    public int Index { get; }

    public IMixer Mixer { get; }

    /// <summary>What its router chose; null where it has none.</summary>
    public RouterChoices? Routing => _feed.Routing;

    public IEnumerable<FusedLinear> Linears =>
        [.. Mixer.Linears, .. Laurel?.Linears ?? [], .. _feed.Linears, .. _tokenInput?.Linears ?? []];

    /// <summary>Everything but the linears' weights, by its name inside the block: norms, biases, numbers. Slices are made anew each
    /// time.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters
    {
        get
        {
            IEnumerable<(string Name, Tensor Tensor)> all =
            [
                .. _norms.SelectMany(norm => norm.Tensors), .. Mixer.Parameters, .. _feed.Parameters, .. _tokenInput?.Parameters ?? [],
                .. Linears.SelectMany(fused => fused.Biases), .. Scale.All(_step),
                .. _shifts.SelectMany(shift => shift.Tensors), .. Laurel?.Parameters ?? [], .. Streams?.Parameters ?? [],
            ];
            return (_scalar is null ? all : all.Append((Name: _spec.Scalar!, Tensor: _scalar)))
                .ToDictionary(row => row.Name, row => row.Tensor);
        }
    }

    public IEnumerable<Tensor> Tensors => [.. Parameters.Values, .. Linears.SelectMany(linear => linear.Tensors)];

    private bool HaveOneNorm => _spec.Flow is { Kind: FlowKind.Parallel, Norms.Count: 1 };

    /// <summary>Whether mixer and feed-forward part read the same tokens of the same input, and are told of as one group.</summary>
    private bool ReadTogether => HaveOneNorm && _feed.Readers == 1;

    /// <summary>A linear by its name inside the block.</summary>
    public Linear Linear(string name) => Linears.SelectMany(fused => fused.Linears).First(linear => linear.Name == name);

    /// <summary>The linear groups, with what is before each and what it is part of.</summary>
    /// <param name="pass">Makes a pass over whole sequences of a length.</param>
    public IEnumerable<LinearGroup> Groups(Func<long, ForwardPass> pass)
    {
        var shared = HaveOneNorm ? Source([Mixer, _feed]) : null;
        IPart[] parts = [Mixer, _feed];
        foreach (var part in parts)
        {
            var source = shared ?? Source([part]);
            foreach (var reader in part.Linears.Take(part.Readers).Where(reader => reader.Told is not null))
                yield return reader.Told! with { Source = source, Part = Part(part, reader, pass) };
            foreach (var later in part.Linears.Skip(part.Readers))
                yield return later.Group with { Source = part.SourceOf(later) };
            foreach (var beside in part == Mixer ? Laurel?.Linears ?? [] : [])
                yield return beside.Group;
        }
        foreach (var other in _tokenInput?.Linears ?? [])
            yield return other.Group;
    }

    /// <summary>[batch, length, width] to [batch, length, width], or the widths of several states; the input stays as it is.</summary>
    public Tensor Forward(Tensor hidden, ForwardPass pass, Action<LinearGroup, Tensor>? observe = null)
    {
        using var scope = NewDisposeScope();
        if (Streams is not null)
            return ForwardStreams(Streams, hidden, pass, observe).MoveToOuterDisposeScope();
        var passed = Pass(hidden, pass, observe);
        if (_tokenInput is not null)
            passed = _tokenInput.Forward(passed, pass.BlockInputs!.select(2, Index), observe);
        return (_scalar is null ? passed : passed.mul_(_scalar)).MoveToOuterDisposeScope();
    }

    private Tensor ForwardStreams(Streams streams, Tensor hidden, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        var predicted = streams.Predict(hidden);
        var states = streams.Correct(predicted, Pass(streams.Active(predicted), pass, observe));
        if (_tokenInput is not null)
            states.narrow(2, 1, states.shape[2] - 1).add_(_tokenInput.Made(streams.Scaled(states),
                pass.BlockInputs!.select(2, Index), observe).unsqueeze(2), Number.One);
        return states.flatten(2);
    }

    private Tensor Pass(Tensor x, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        Tensor Mix(Tensor input) => Mixer.Forward(input, pass, observe);
        Tensor Feed(Tensor input) => _feed.Forward(input, pass, observe);
        Tensor N(int norm, Tensor input) => _norms[norm].Forward(input);
        switch (_spec.Flow.Kind)
        {
            case FlowKind.After:
                x = Add(N(0, Mix(x)), x);
                return Add(N(1, Feed(x)), x);
            case FlowKind.Around:
                var entering = N(0, x);
                x = Add(N(1, Mix(entering)), x);
                x = Laurel?.Forward(x, entering, observe) ?? x;
                return Add(N(3, Feed(N(2, x))), x);
            case FlowKind.Parallel:
                var both = N(0, x);
                return Add(Mix(both).add_(Feed(_norms.Count == 2 ? N(1, x) : both), Number.One), x);
            case FlowKind.Alone:
                var alone = N(0, x);
                return Add(Mixer.Linears.Count > 0 ? Mix(alone) : Feed(alone), x);
            case FlowKind.Towards:
                x = N(0, x);
                return _step!.Apply(N(0, Mixer.Linears.Count > 0 ? Mix(x) : Feed(x)).sub_(x)).add_(x, Number.One);
            case FlowKind.Closing:
                x = N(0, Add(Mix(x), x));
                return N(1, Add(Feed(x), x));
            default:
                var before = N(0, x);
                x = Add(Mix(before), _spec.Flow.AddsToNormed ? before : x, part: 0);
                before = N(1, x);
                return Add(Feed(before), _spec.Flow.AddsToNormed ? before : x, part: 1);
        }
    }

    private Tensor Add(Tensor branch, Tensor residual, int part) => _shifts.Count == 0 ? Add(branch, residual)
        : _shifts[2 * part].Apply(branch).add_(_shifts[2 * part + 1].Apply(residual), Number.One);

    private Tensor Add(Tensor branch, Tensor residual) =>
        (_spec.Flow.Residual is var factor && factor == 1 ? branch : branch.mul_(Number.Of(factor))).add_(residual, Number.One);

    /// <summary>The norm that parts read, which all their readers go by; null where its channels cannot be scaled.</summary>
    private InputSource? Source(IReadOnlyList<IPart> parts) => NormBefore(parts[0]) is not { } norm ? null
        : new InputSource(norm.Spec.Name, norm.Weight!, norm.Bias)
        {
            Offset = norm.Spec.Offset,
            Readers = [.. parts.SelectMany(part => part.Linears.Take(part.Readers)).SelectMany(reader => reader.Linears)],
        };

    /// <summary>From the input of a part's linears to what becomes of it.</summary>
    private Func<Tensor, Tensor>? Part(IPart part, FusedLinear reader, Func<long, ForwardPass> pass)
    {
        if (part.From(reader) is not { } from)
            return null;
        return input =>
        {
            using var scope = NewDisposeScope();
            using var own = pass(input.shape[^2]);
            var output = from(input, own);
            return (ReadTogether ? output.add_(_feed.Forward(input, own, null), Number.One) : output).MoveToOuterDisposeScope();
        };
    }

    /// <summary>The norm whose output a part reads and nothing else; null where it reads the hidden states themselves.</summary>
    private Norm? NormBefore(IPart part)
    {
        var isMixer = part == Mixer;
        var norm = _spec.Flow switch
        {
            { AddsToNormed: true } or { Kind: FlowKind.After or FlowKind.Closing } => null,
            _ when isMixer && Laurel is not null => null,
            { Kind: FlowKind.Around } => _norms[isMixer ? 0 : 2],
            _ when HaveOneNorm || _spec.Flow.Kind is FlowKind.Alone or FlowKind.Towards => _norms[0],
            _ => _norms[isMixer ? 0 : 1],
        };
        return norm?.Weight is null ? null : norm;
    }
}
