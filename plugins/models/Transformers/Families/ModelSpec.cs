using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>A model as its family and its configuration describe it: everything that decides its computation besides its weights.</summary>
internal sealed class ModelSpec
{
    private readonly List<BlockSpec> _blocks = [];
    private readonly int _context;

    public ModelSpec(Family family, ModelConfig config, int vocabulary)
    {
        (Family, Config, Vocabulary) = (family, config, vocabulary);
        config.Check();
        (Width, BlockCount, _context, Ends) = (config.Width, family.BlockCount(config), config.Fields.Size(Keys.Context, int.MaxValue)
            ?? family.ContextUnlessSaid ?? config.Context, family.Ends(config));
        Loop = family.Loop(config);
    }

    public Family Family { get; }

    public ModelConfig Config { get; }

    /// <summary>As in <c>general.architecture</c>; null where llama.cpp does not know it.</summary>
    public string? GgufName => Family.GgufOther(this) ?? Family.GgufName;

    public EndsSpec Ends { get; }

    /// <summary>The blocks that run several times; null where each runs once.</summary>
    public Loop? Loop { get; }

    /// <summary>The blocks in the order in which they run: each once, but those of a loop.</summary>
    public IEnumerable<int> Schedule => Loop is null ? Enumerable.Range(0, BlockCount)
        : [.. Enumerable.Range(0, Loop.First), .. Loop.Order, .. Enumerable.Range(Loop.End, BlockCount - Loop.End)];

    /// <summary>The tensors of the ends.</summary>
    public EndParameters EndTensors => new(Ends, Width, Vocabulary);

    /// <summary>Rows of the embedding.</summary>
    public int Vocabulary { get; }

    public int Width { get; }

    /// <summary>Numbers that go from block to block for a token: those of all its hidden states.</summary>
    public int StateWidth => Width * Ends.Streams;

    public int BlockCount { get; }

    /// <summary>Tokens that a text may have; a rotation that grows with the text lets it be longer.</summary>
    public int Context => Block(0).Mixer.Rotary?.Scaling is Positions.DynamicScaling { Factor: var factor }
        ? (int)Math.Min(_context * factor, int.MaxValue) : _context;

    /// <summary>Whether the head is the embedding: as the configuration says, unless the files have another head.</summary>
    public bool IsTied { get; private init; }

    public Parameter Embedding => Inside([EndTensors.Embedding]).Single();

    public Parameter Head => new(EndTensors.Head, EndTensors.Head.Name, null);

    /// <summary>All parameters, a tied head counted once.</summary>
    public long ParameterCount => Parameters().Sum(parameter => parameter.Spec.Count);

    /// <summary>The same with another answer to <see cref="IsTied"/>.</summary>
    public ModelSpec With(bool isTied) => new(Family, Config, Vocabulary) { IsTied = isTied };

    /// <summary>A block; described when it is asked for, for a configuration may lie about their number.</summary>
    public BlockSpec Block(int index)
    {
        while (_blocks.Count <= index)
            _blocks.Add(Described(_blocks.Count));
        return _blocks[index];
    }

    /// <summary>What stands before the names of a block's tensors.</summary>
    public string BlockPrefix(int block) => $"{Family.Root}.{Family.BlockName(Config, block)}.";

    /// <summary>Every tensor in the model's order; listed lazily.</summary>
    public IEnumerable<Parameter> Parameters() =>
        Inside(EndTensors.Before).Concat(Enumerable.Range(0, BlockCount).SelectMany(BlockParameters)).Concat(Inside(EndTensors.After))
            .Concat(EndTensors.Last(IsTied).Select(spec => new Parameter(spec, spec.Name, null)));

    /// <summary>The tensors of a block.</summary>
    public IEnumerable<Parameter> BlockParameters(int block) => Block(block)
        .Parameters.Select(spec => new Parameter(spec, BlockPrefix(block) + spec.Name, block));

    private IEnumerable<Parameter> Inside(IEnumerable<ParameterSpec> specs) =>
        specs.Select(spec => new Parameter(spec, $"{Family.Root}.{spec.Name}", null));

    private BlockSpec Described(int index)
    {
        var config = Config.At(index);
        config.Check();
        var block = Family.Block(config, index);
        if (Config.IsGguf)
            block = GgufBiases.Added(block, linear => Config.HasTensor($"blk.{index}.{linear}.bias"));
        if (block.Mixer is Mixers.FullAttention { Heads: var heads, HeadWidth: var width }
            && (long)heads * width > ConfigFields.GreatestSize)
            throw new LlmKickException(
                $"'{Config.Path}' describes block {index} with {heads} heads of width {width}, more than any model has.");
        return block;
    }
}
