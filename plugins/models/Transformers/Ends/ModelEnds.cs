using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Ends;

/// <summary>Computes <see cref="EndsSpec"/>: tokens to hidden states, and hidden states to logits.</summary>
internal sealed class ModelEnds
{
    private readonly EndsSpec _spec;
    private readonly IReadOnlyDictionary<string, Tensor> _tensors;
    private readonly EndParameters _names;
    private readonly Norm? _embeddingNorm;
    private readonly Norm? _finalNorm;
    private readonly Norm? _tokenNorm;
    private readonly Scale? _headScale;
    private readonly Shift? _embeddingShift;

    private ModelEnds(EndParameters names, bool isTied, IPartReader reader)
    {
        (_names, _spec) = (names, names.Ends);
        IEnumerable<ParameterSpec?> plain =
        [
            names.Embedding, names.Positions, names.ProjectIn, names.ProjectOut, names.TokenRows, names.TokenProjection, names.HeadBias,
            names.Start, .. names.Spread, .. names.Merge,
        ];
        var tensors = plain.OfType<ParameterSpec>().ToDictionary(spec => spec.Name, reader.Tensor);
        Embedding = tensors[names.Embedding.Name];
        Head = isTied ? Embedding : reader.Tensor(names.Head);
        (_embeddingNorm, _finalNorm, _tokenNorm) =
            (reader.Norm(_spec.EmbeddingNorm), reader.Norm(names.FinalNorm), reader.Norm(_spec.Tokens?.Norm));
        (_headScale, _embeddingShift, _tensors) = (_spec.HeadScale?.Build(reader), _spec.EmbeddingShift?.Build(reader), tensors);
    }

    /// <summary>[vocabulary, embedding width].</summary>
    public Tensor Embedding { get; }

    /// <summary>[vocabulary, embedding width]; the embedding itself where the two are tied.</summary>
    public Tensor Head { get; }

    /// <summary>What a second hidden state begins with, [width]; null for none.</summary>
    public Tensor? Start => Find(_names.Start);

    public IEnumerable<Tensor> Tensors =>
    [
        .. _tensors.Values, Head, .. new[] { _embeddingNorm, _finalNorm, _tokenNorm }.OfType<Norm>().SelectMany(norm => norm.Tensors)
            .Concat(Scale.All(_headScale)).Concat(_embeddingShift?.Tensors ?? []).Select(row => row.Tensor),
    ];

    public static ModelEnds Read(EndParameters names, bool isTied, IPartReader reader) => new(names, isTied, reader);

    /// <summary>The hidden states that enter block 0.</summary>
    /// <param name="tokens">int64 [batch, length].</param>
    /// <param name="positions">int64 [1 or batch, length].</param>
    /// <returns>[batch, length, width], or the widths of several states.</returns>
    public Tensor Embed(Tensor tokens, Tensor positions)
    {
        using var scope = NewDisposeScope();
        var hidden = Scaled(Rows(Embedding, tokens));
        if (Find(_names.ProjectIn) is { } project)
            hidden = LinearProduct.Of(hidden, project);
        if (_spec.Positions is { } table)
            hidden = hidden.add(Rows(Find(_names.Positions)!, positions.add(Number.Of(table.Offset), Number.One)), Number.One);
        hidden = _embeddingShift?.Apply(hidden) ?? hidden;
        hidden = _embeddingNorm?.Forward(hidden) ?? hidden;
        if (_spec.Streams > 1)
            hidden = cat(Alike(hidden, _names.Spread.Select(spec => LinearProduct.Of(hidden, Find(spec)!))), -1);
        return hidden.MoveToOuterDisposeScope();
    }

    /// <summary>What blocks get of tokens beside the hidden states, [batch, length, blocks, width]; null for nothing.</summary>
    public Tensor? BlockInputs(Tensor tokens, Tensor embedded)
    {
        if (_spec.Tokens is not { } table)
            return null;
        using var scope = NewDisposeScope();
        var shape = new[] { tokens.shape[0], tokens.shape[1], table.Blocks, table.Width };
        var first = _spec.Streams == 1 ? embedded : embedded.narrow(-1, 0, _names.Width);
        // The table may know fewer tokens, without those of other towers, which get the row of token 0.
        var known = table.Rows < _names.Vocabulary ? tokens.masked_fill(tokens.ge(Number.Of(table.Rows)), Number.Of(0)) : tokens;
        var projected = LinearProduct.Of(first, Find(_names.TokenProjection)!).mul_(Number.Of(1 / Math.Sqrt(_names.Width))).view(shape);
        var rows = Rows(Find(_names.TokenRows)!, known).mul_(Number.Of(Rounded(Math.Sqrt(table.Width)))).view(shape);
        return _tokenNorm!.Forward(projected).add_(rows, Number.One).mul_(Number.Of(1 / Math.Sqrt(2))).MoveToOuterDisposeScope();
    }

    /// <summary>The last norm, of all hidden states as one.</summary>
    public Tensor Finish(Tensor hidden)
    {
        if (_spec.Streams == 1)
            return _finalNorm?.Forward(hidden) ?? hidden.alias();
        using var scope = NewDisposeScope();
        var states = hidden.chunk(_spec.Streams, -1);
        var all = Alike(states[0], _names.Merge.Zip(states.Skip(1), (spec, state) => LinearProduct.Of(state, Find(spec)!)));
        var mean = stack(all).mean([0]);
        return (_finalNorm?.Forward(mean) ?? mean).MoveToOuterDisposeScope();
    }

    /// <summary>[n, width] after the last norm to float32 [n, vocabulary].</summary>
    public Tensor Logits(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        if (Find(_names.ProjectOut) is { } project)
            hidden = LinearProduct.Of(hidden, project);
        var logits = LinearProduct.Of(hidden, Head, Find(_names.HeadBias));
        logits = logits.dtype == ScalarType.Float32 ? logits : logits.to_type(ScalarType.Float32);
        if (_spec.LogitScale != 1)
            logits.mul_(Number.Of(_spec.LogitScale));
        if (_headScale is not null)
            logits = _headScale.Apply(logits);
        if (_spec.LogitCap is { } cap)
            logits.div_(Number.Of(cap)).tanh_().mul_(Number.Of(cap));
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>A hidden state, and others brought to its size.</summary>
    private static List<Tensor> Alike(Tensor first, IEnumerable<Tensor> others)
    {
        var size = first.pow(Number.Of(2)).mean([-1], keepdim: true).sqrt_();
        return [first, .. others.Select(other => other.mul(size)
            .div_(other.pow(Number.Of(2)).mean([-1], keepdim: true).clamp_min_(Number.Of(1e-5)).sqrt_()))];
    }

    private Tensor Scaled(Tensor rows) => _spec.EmbeddingScale == 1 ? rows
        : rows.mul_(Number.Of(_spec.RoundsScale ? Rounded(_spec.EmbeddingScale) : _spec.EmbeddingScale));

    /// <summary>A factor as the model's type holds it.</summary>
    private double Rounded(double factor)
    {
        using var scope = NewDisposeScope();
        return tensor(factor, ScalarType.Float64).to_type(Embedding.dtype).to_type(ScalarType.Float64).item<double>();
    }

    private Tensor? Find(ParameterSpec? spec) => spec is null ? null : _tensors[spec.Name];

    private static Tensor Rows(Tensor table, Tensor indices)
    {
        using var ids = indices.flatten();
        using var rows = table.index_select(0, ids);
        return rows.view(indices.shape[0], indices.shape[1], table.shape[1]);
    }
}
