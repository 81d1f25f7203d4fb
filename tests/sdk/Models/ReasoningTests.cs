using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Tests.Chat;

namespace LlmKick.Tests.Models;

public sealed class ReasoningTests
{
    private static readonly SpelledTokenizer Tokenizer =
        new("<s>", "[THINK]", "[/THINK]", "<|channel|>", "<|message|>", "<|start|>", "<|end|>", "</s>");

    [Theory]
    [InlineData("Q: ", "no reasoning", null, "no reasoning")]
    [InlineData("Q: ", "an answer about <think> and </think>", null, "an answer about <think> and </think>")]
    [InlineData("Q: ", "<think>so</think>\n\nYes.", 17, "Yes.")]
    [InlineData("Q: ", "\n<think>so é€𝄞</think> Yes.", 23, "Yes.")]
    [InlineData("<think>\n", "so</think>\n\nYes.", 10, "Yes.")]
    [InlineData("<think>\n\n</think>\n\n", "Yes.", null, "Yes.")]
    [InlineData("Q: ", "[THINK]so[/THINK]Yes.</s>", 4, "Yes.")]
    [InlineData("Q: [THINK]", "so[/THINK]Yes.</s>", 3, "Yes.")]
    [InlineData("<|start|>assistant", "<|channel|>analysis<|message|>so<|end|><|start|>assistant<|channel|>final<|message|>Yes.</s>",
        30, "Yes.")]
    [InlineData("<|start|>assistant", "<|channel|>final<|message|>Yes.</s>", 7, "Yes.")]
    public void Find_Answer_IsWhatFollowsTheReasoning(string prompt, string written, int? tokens, string answer)
    {
        var found = Find(prompt, written, Tokenizer);
        Assert.Equal((tokens, answer), (found.Reasoning?.Tokens, found.Answer));
        Assert.NotEqual(false, found.Reasoning?.IsFinished);
    }

    [Theory]
    [InlineData("Q: ", "<think>so and so")]
    [InlineData("Q: <think>\n", "so and so")]
    [InlineData("Q: ", "[THINK]so and so</s>")]
    [InlineData("<|start|>assistant", "<|channel|>analysis<|message|>so and so")]
    public void Find_AnswerThatEndsInside_IsUnfinishedAndEmpty(string prompt, string written)
    {
        var found = Find(prompt, written, Tokenizer);
        Assert.Equal((false, ""), (found.Reasoning!.IsFinished, found.Answer));
        Assert.Equal(found.Tokens.Count, found.Reasoning.Tokens);
        var scores = new Scores(new Dictionary<string, double> { ["right"] = 0 }).WithReasoning(found);
        Assert.Equal((1, found.Tokens.Count), (scores.Values["unfinished"], scores.Values["reasoning_tokens"]));
    }

    [Fact]
    public void Find_ServersAnswer_IsCutByItsText()
    {
        var found = Reasoning.Find(new GenerateRequest(new Prompt("Q", []), 9, []),
            new GenerateResponse(0, [], "<think>so</think>\n[[7]]", FinishReason.EndOfText, []), null);
        Assert.Equal((null, "[[7]]"), (found.Reasoning!.Tokens, found.Answer));
        Assert.Equal(["unfinished"], new Scores(new Dictionary<string, double>()).WithReasoning(found).Values.Keys);
    }

    [Fact]
    public void Aggregate_CountsSamplesThatReasonAlone()
    {
        var plain = new Scores(new Dictionary<string, double>()).WithReasoning(Find("Q", "Yes.", Tokenizer));
        var done = new Scores(new Dictionary<string, double>()).WithReasoning(Find("Q", "<think>so</think>Yes.", Tokenizer));
        var cut = new Scores(new Dictionary<string, double>()).WithReasoning(Find("Q", "<think>so</", Tokenizer));
        Assert.Empty(ReasoningScores.Aggregate([plain]));
        Assert.Equal([("reasoning_tokens", 14.0, 2), ("unfinished", 0.5, 2)],
            ReasoningScores.Aggregate([plain, done, cut]).Select(metric => (metric.Name, metric.Value, metric.N)));
    }

    private static GenerateResponse Find(string prompt, string written, SpelledTokenizer tokenizer)
    {
        var ids = tokenizer.Encode(written);
        return Reasoning.Find(new GenerateRequest(new Prompt(prompt, tokenizer.Encode(prompt)), 99, []),
            new GenerateResponse(0, ids, tokenizer.Decode(ids, skipSpecial: true), FinishReason.Length, []), tokenizer);
    }
}
