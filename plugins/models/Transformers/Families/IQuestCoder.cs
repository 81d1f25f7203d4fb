using LlmKick.Sdk;

namespace LlmKick.Transformers.Families;

/// <summary>IQuest Coder: Llama by another name.</summary>
internal static class IQuestCoder
{
    public static Family Row { get; } = Llama.Row with
    {
        Name = "iquestcoder",
        Class = "IQuestCoderForCausalLM",
        Block = (c, i) => c.Fields.Flag("use_sliding_window") == true
            ? throw new LlmKickException($"'{c.Path}' has windows (use_sliding_window), which no model of the architecture has.")
            : Llama.Row.Block(c, i),
    };
}
