namespace LlmKick.Transformers.Families;

/// <summary>Apertus 1.5: Apertus whose head knows fewer tokens than its embedding; the others are read and never written.</summary>
internal static class Apertus15
{
    public static Family Row { get; } = Apertus.Row with
    {
        Name = "apertus1p5_text",
        Aliases = ["apertus1p5"],
        Class = "Apertus1p5TextForCausalLM",
        GgufName = null,
        Ends = c => Apertus.Row.Ends(c) with { HeadRows = c.Fields.Size("output_vocab_size") },
    };
}
