using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Commands;

public sealed class NotFiniteTests : IDisposable
{
    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_ModelThatOverflows_EndsEveryVariantAndPassesNoGate()
    {
        new TinyCheckpoint { Poison = ("model.layers.1.input_layernorm.weight", float.MaxValue) }.Write(desk.File("overflows"));
        desk.Write("text.txt", string.Join(' ', Enumerable.Repeat("The old lighthouse keeper counted ships.", 20)));
        desk.Write("recipe.yaml", $$"""
            name: overflows
            model: { transformers: { path: '{{desk.File("overflows")}}' } }
            variants: [ dense, { rtn: { bits: 8, group_size: 8 } } ]
            tasks:
              - divergence: { text: '{{desk.File("text.txt")}}', window: 64, limit: 2 }
              - perplexity: { text: '{{desk.File("text.txt")}}', window: 64, limit: 2 }
            require: { recovery: 0.1 }
            """);
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, result.ErrorLines.Count(line =>
            line.Contains(" failed: The model's outputs are NaN or infinite, first in block 1. ", StringComparison.Ordinal)));
        Assert.Equal(
            ["require: rtn-8/divergence: nothing could be judged: it or the dense model has no finite score, or failed.",
                "require: rtn-8/perplexity: nothing could be judged: it or the dense model has no finite score, or failed."],
            result.ErrorLines.Where(line => line.StartsWith("require: ", StringComparison.Ordinal)));
        Assert.All(desk.Results()["variants"]!.AsArray(), variant => Assert.Empty(variant!["tasks"]!.AsObject()));
        Assert.Empty(desk.Results()["findings"]!.AsArray());
    }
}
