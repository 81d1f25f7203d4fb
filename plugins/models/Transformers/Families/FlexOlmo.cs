using LlmKick.Transformers.Blocks;

namespace LlmKick.Transformers.Families;

/// <summary>FlexOlmo (arXiv 2507.07024): OLMoE's experts in OLMo 2's block.</summary>
internal static class FlexOlmo
{
    public static Family Row { get; } = new("flex_olmo")
    {
        Class = "FlexOlmoForCausalLM",
        Ends = Olmo2.Row.Ends,
        Block = (c, i) => Olmo2.Row.Block(c, i) with { Feed = Olmoe.Feed(c) },
    };
}
