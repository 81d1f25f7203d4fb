using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>What several families with experts read of a configuration in the same way.</summary>
internal static class ExpertReading
{
    // Beyond any model: what a damaged file asks for is refused before a description of each is made.
    private const int MostExperts = 1 << 14;

    /// <summary>A router over as many experts as the configuration says.</summary>
    public static RouterSpec Router(this ModelConfig c, RouterScore score)
    {
        var (experts, perToken) = (c.Fields.Need(c.Fields.Size(Keys.Experts, MostExperts), c.Fields.NameOf(Keys.Experts)),
            c.Fields.Need(Keys.ExpertsPerToken));
        if (c.IsGguf && c.Fields.Size("expert_gating_func") is { } kind && kind != GgufKind(score))
            throw new LlmKickException($"'{c.Path}' weighs experts in the way {kind} (expert_gating_func), its architecture does so in the "
                + $"way {GgufKind(score)}.");
        return perToken <= experts
            ? new RouterSpec(c.Width, experts, perToken, score)
            {
                Normalized = c.IsGguf && c.Flag(Keys.NormalizesExperts),
                Factor = c.IsGguf ? c.Number(Keys.ExpertFactor, 1) : 1,
            }
            : throw new LlmKickException($"'{c.Path}' gives each token {perToken} experts ({c.Fields.NameOf(Keys.ExpertsPerToken)}) of "
                + $"{experts} ({c.Fields.NameOf(Keys.Experts)}).");
    }

    /// <summary>The number of a way in GGUF metadata: a softmax over the chosen is one over all that is made to sum to 1.</summary>
    public static int GgufKind(RouterScore score) => score == RouterScore.Sigmoid ? 2 : 1;

    /// <summary>Numbers between, in an expert.</summary>
    public static int ExpertWidth(this ModelConfig c) => c.Fields.Need(Keys.ExpertWidth);

    /// <summary>Whether a block has one feed-forward part for all tokens: it is among those named, or not every so many-th one.</summary>
    public static bool IsDense(this ModelConfig c, int block) => c.IsGguf ? HasNoRouter(c, block)
        : c.Fields.Numbers("mlp_only_layers")?.Contains(block) == true || (block + 1) % (c.Fields.Size("decoder_sparse_step") ?? 1) != 0;

    /// <summary>The same by a list of all blocks, or by how many come first.</summary>
    public static bool IsBeforeExperts(this ModelConfig c, int block)
    {
        if (c.IsGguf)
            return HasNoRouter(c, block);
        if (c.Fields.Texts("mlp_layer_types") is not { } kinds)
            return block < (c.Fields.Count(Keys.DenseBlocksFirst) ?? 0);
        if (kinds.Count != c.BlockCount)
            throw new LlmKickException($"'{c.Path}' has {kinds.Count} mlp_layer_types for {c.BlockCount} blocks: it needs one for each.");
        return kinds[block] switch
        {
            "dense" => true,
            "sparse" => false,
            var other => throw new LlmKickException($"'{c.Path}' has a feed-forward part of the kind '{other}' (mlp_layer_types), which is "
                + "not supported; supported: dense, sparse."),
        };
    }

    private static bool HasNoRouter(ModelConfig c, int block) => !c.HasTensor($"blk.{block}.ffn_gate_inp.weight");

    /// <summary>Experts as DeepSeek-V3 has them (arXiv 2412.19437): sigmoids with a correction for the choice, in groups, and shared
    /// experts as one block.</summary>
    public static Experts CorrectedExperts(this ModelConfig c, string correction) => new(c.Router(RouterScore.Sigmoid).InGroups(c) with
    {
        Correction = correction,
        Normalized = c.Flag(Keys.NormalizesExperts, otherwise: !c.IsGguf),
        NormEpsilon = 1e-20,
        Factor = c.Number(Keys.ExpertFactor, 1),
    }, c.ExpertWidth(), c.Activation(Layers.Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_experts", c.SharedWidth(), c.Activation(Layers.Activation.Silu)),
    };

    /// <summary>The same with experts in as many groups as the configuration says.</summary>
    public static RouterSpec InGroups(this RouterSpec router, ModelConfig c)
    {
        var (groups, perToken) = (c.Fields.Size(Keys.ExpertGroups) ?? 1, c.Fields.Size(Keys.ExpertGroupsPerToken) ?? 1);
        var (name, perTokenName) = (c.Fields.NameOf(Keys.ExpertGroups), c.Fields.NameOf(Keys.ExpertGroupsPerToken));
        if (router.Experts % groups != 0)
            throw new LlmKickException($"'{c.Path}' has {router.Experts} experts in {groups} groups ({name}), which do not divide them: "
                + "take the configuration that belongs to the model.");
        return perToken <= groups && router.PerToken <= (long)perToken * (router.Experts / groups)
            ? router with { Groups = groups, GroupsPerToken = perToken }
            : throw new LlmKickException($"'{c.Path}' chooses {router.PerToken} experts of a token in {perToken} groups ({perTokenName}) "
                + $"of {groups} ({name}) with {router.Experts / groups} experts each: there are not so many.");
    }

    /// <summary>The width of all shared experts together; null where there are none.</summary>
    public static int? SharedWidth(this ModelConfig c) => ((long)(c.Fields.Count(Keys.SharedExperts) ?? 0) * c.ExpertWidth()) switch
    {
        0 => null,
        <= ConfigFields.GreatestSize and var width => (int)width,
        var width => throw new LlmKickException($"'{c.Path}' has shared experts of {width} numbers between, more than any model has "
            + $"({c.Fields.NameOf(Keys.SharedExperts)}, {c.Fields.NameOf(Keys.ExpertWidth)})."),
    };

    /// <summary>A shared expert; null where it has no width.</summary>
    public static Gated? SharedExpert(this ModelConfig c, string module, int? width, Activation activation) => width is not { } inner ? null
        : new Gated(c.Width, inner, activation)
        {
            Gate = module + ".gate_proj",
            Up = module + ".up_proj",
            Down = module + ".down_proj",
            GgufSuffix = "_shexp",
        };
}
