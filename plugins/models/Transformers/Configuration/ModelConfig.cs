using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Configuration;

/// <summary>What a configuration says, by <see cref="Keys"/>; families read it to describe their ends and blocks.</summary>
/// <param name="fields">The configuration of the text model.</param>
/// <param name="blocks">From a block's index to what stands over the configuration there.</param>
internal sealed class ModelConfig(ConfigFields fields, IReadOnlyDictionary<int, ConfigFields>? blocks = null)
{
    private HashSet<string> _notes = [];

    private static readonly Dictionary<string, string> OlderTypes = new(StringComparer.Ordinal)
    {
        ["mamba"] = "linear_attention", ["attention"] = "full_attention", ["deepseek_sparse_attention"] = "indexed_attention",
        ["qwen_sparse_attention"] = "indexed_attention",
    };

    public ConfigFields Fields => fields;

    public string Path => fields.Path;

    /// <summary>Whether it is the metadata of a GGUF file.</summary>
    public bool IsGguf => fields.IsGguf;

    /// <summary>Small tensors that belong to the configuration (rotary factors of GGUF files), by name.</summary>
    public IReadOnlyDictionary<string, float[]> Factors { get; init; } = new Dictionary<string, float[]>();

    /// <summary>Whether a tensor is in the file; GGUF metadata do not speak of biases or a head of its own.</summary>
    public Func<string, bool> HasTensor { get; init; } = _ => false;

    /// <summary>The rows of a tensor of a GGUF file.</summary>
    public Func<string, long> RowsOf { get; init; } = _ => 0;

    /// <summary>What a reader should know of how the configuration was read, in sentences.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    public int Width => fields.Need(Keys.Width);

    public int BlockCount => (fields.Size(Keys.Blocks) ?? fields.Texts("layers_block_type")?.Count
        ?? fields.Text("hybrid_override_pattern")?.Length ?? fields.Need(Keys.Blocks)) is > 0 and var count ? count
        : throw new LlmKickException($"'{Path}' lists no block (layers_block_type, or hybrid_override_pattern): it needs all of them.");

    public int Heads => fields.Need(Keys.Heads);

    public int KeyValueHeads => HasNoKeys ? Heads : fields.Size(Keys.KeyValueHeads) ?? Heads;

    /// <summary>Whether GGUF metadata list a block with no key heads: it has another mixer than attention.</summary>
    public bool HasNoKeys => IsGguf && fields.Count(Keys.KeyValueHeads) == 0;

    public int HeadWidth => fields.Size(Keys.HeadWidth) ?? Width / Divided(Heads);

    public int FeedForwardWidth => fields.Need(Keys.FeedForwardWidth);

    public int Context => fields.Need(fields.Size(Keys.Context, int.MaxValue), fields.NameOf(Keys.Context));

    public int? Vocabulary => fields.Size(Keys.Vocabulary);

    /// <summary>Tokens that a query of a block with a window sees, itself included; null where no window is set or in use.</summary>
    public int? Window => fields.Flag(Keys.UsesWindow) is false ? Skipped(Keys.Window) : fields.Size(Keys.Window, int.MaxValue);

    public double? Number(Key key) => fields.Number(key);

    public double Number(Key key, double otherwise) => fields.Number(key) ?? otherwise;

    public bool Flag(Key key, bool otherwise = false) => fields.Flag(key) ?? otherwise;

    /// <summary>The same with what the configuration says of one block alone.</summary>
    public ModelConfig At(int block) => blocks?.GetValueOrDefault(block) is { } own
        ? Under(own)
        : this;

    /// <summary>The same with one setting read from another key, where that is set.</summary>
    public ModelConfig With(Key key, string source)
    {
        if (fields.Size(source) is not { } value)
            return this;
        var over = JsonSerializer.SerializeToElement(new Dictionary<string, int> { [key.Name] = value });
        return Under(new ConfigFields(fields.Path, over) { Over = fields.Over });
    }

    /// <summary>What the configuration says of single blocks, by their indices.</summary>
    public IReadOnlyDictionary<int, ConfigFields> Own => blocks ?? new Dictionary<int, ConfigFields>();

    /// <summary>What a block is called in <c>layer_types</c>; null where there is no such list.</summary>
    public string? BlockType(int block)
    {
        if (fields.Texts(Keys.BlockTypes) is not { } types)
            return null;
        if (types.Count != BlockCount)
            throw new LlmKickException($"'{Path}' has {types.Count} layer_types for {BlockCount} blocks: it needs one for each.");
        return TypeOf(types[block]);
    }

    /// <summary>A kind of block by its name of today.</summary>
    public static string TypeOf(string name) => OlderTypes.GetValueOrDefault(name, name);

    /// <summary>Whether a block has a window, by <c>layer_types</c> or by a rule where those are missing.</summary>
    /// <param name="block">The block.</param>
    /// <param name="otherwise">The rule.</param>
    /// <param name="fullFirst">Whether GGUF metadata count from a block without a window on.</param>
    public bool IsSliding(int block, Func<int, bool> otherwise, bool fullFirst = false) => IsGguf
        ? IsSlidingInGguf(block, fullFirst) ?? otherwise(block)
        : BlockType(block) switch
    {
        null => otherwise(block),
        "sliding_attention" => true,
        "full_attention" => false,
        var other => throw new LlmKickException(
            $"'{Path}' has blocks of the type '{other}', which is not supported here; supported: full_attention, sliding_attention."),
    };

    /// <summary>Whether a block has linear attention, by <c>layer_types</c> or by a rule where those are missing.</summary>
    /// <param name="block">The block.</param>
    /// <param name="otherwise">The rule.</param>
    /// <param name="slides">Whether blocks may have a window instead.</param>
    public bool IsLinear(int block, Func<int, bool> otherwise, bool slides = false) => BlockType(block) switch
    {
        null => otherwise(block),
        "linear_attention" => true,
        "full_attention" => false,
        "sliding_attention" when slides => false,
        var other => throw new LlmKickException($"'{Path}' has blocks of the type '{other}', which is not supported here; supported: "
            + $"full_attention, linear_attention{(slides ? ", sliding_attention" : "")}."),
    };

    /// <summary>No window, which the list of blocks must not contradict.</summary>
    public int? NoWindow(int block) => IsSliding(block, _ => false)
        ? throw new LlmKickException(
            $"'{Path}' lists block {block} as sliding_attention and switches windows off (use_sliding_window): one of the two is wrong.")
        : Skipped(Keys.Window);

    /// <summary>The window of a block, or null.</summary>
    public int? WindowOf(int block, Func<int, bool> otherwise, bool fullFirst = false) =>
        IsSliding(block, otherwise, fullFirst) ? Window : null;

    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>Refuses what is impossible within the configuration itself; the tensors' shapes are checked against it later.</summary>
    public void Check()
    {
        // Keys and values that are made of a latent vector have widths of their own.
        if (IsGguf && !fields.Has(Keys.KeyRank) && fields.Size("attention.value_length") is { } width && width != HeadWidth)
            throw new LlmKickException($"'{Path}' has 'attention.value_length' = {width} beside heads of width {HeadWidth}, which is not "
                + $"supported: they must be equal.");
        if ((IsGguf ? fields.Count(Keys.Heads) : fields.Size(Keys.Heads)) is null or 0)
            return;
        if (Heads % KeyValueHeads != 0)
            throw new LlmKickException($"'{Path}' has {Heads} attention heads, which {KeyValueHeads} key-value heads do not divide.");
        if ((long)Heads * HeadWidth > ConfigFields.GreatestSize)
            throw new LlmKickException(
                $"'{Path}' has {Heads} attention heads of width {HeadWidth}, more than any model: over {ConfigFields.GreatestSize} "
                    + $"values together.");
    }

    /// <summary>By a list of all blocks, or by every how many blocks one is without a window (0: none is); null where the metadata have
    /// neither.</summary>
    private bool? IsSlidingInGguf(int block, bool fullFirst) => fields.Flags(Keys.WindowPattern.Gguf!) is { } all
        ? block < all.Count ? all[block] : throw fields.Wrong(Keys.WindowPattern.Gguf!, $"a list of {BlockCount} flags, one a block")
        : fields.Count(Keys.WindowPattern.Gguf!) is { } period
            ? period == 0 || (fullFirst ? block % period > 0 : block % period < period - 1) : null;

    private ModelConfig Under(ConfigFields over) =>
        new(fields.Under(over), blocks) { Factors = Factors, HasTensor = HasTensor, RowsOf = RowsOf, _notes = _notes };

    private int Divided(int heads) => Width % heads == 0
        ? heads
        : throw new LlmKickException(
            $"'{Path}' has a width of {Width}, which {heads} attention heads do not divide, and names no width of a head.");

    private int? Skipped(Key key)
    {
        fields.Skip(key.Spellings);
        return null;
    }
}
