using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Writes answers that no task hopes for.</summary>
internal static class HostileAnswers
{
    public static Response To(int index, Request request, HostileAnswer kind) => request switch
    {
        ChooseRequest choose => new ChooseResponse(index, [.. choose.Continuations.Select((_, i) => Choice(kind, i))], 0,
            Text(kind) is { Length: > 0 } text ? text[..1] : ""),
        RollingRequest rolling => new RollingResponse(index, [.. rolling.Tokens.Skip(rolling.ScoreFrom).Select(_ => Token(kind))]),
        DivergenceRequest divergence => Divergence(index, divergence.Tokens.Count - divergence.ScoreFrom, kind),
        GenerateRequest =>
            new GenerateResponse(index, [], Text(kind), kind == HostileAnswer.Empty ? FinishReason.EndOfText : FinishReason.Length, []),
        _ => throw new ArgumentException($"There is no answer to a {request.GetType().Name}.", nameof(request)),
    };

    private static string Text(HostileAnswer kind) => kind switch
    {
        HostileAnswer.Blank => " \t\r\n\n \u00a0\u2028 ",
        HostileAnswer.VeryLong => string.Concat(Enumerable.Repeat("the answer is 7 ", 100_000 / 16)),
        HostileAnswer.ControlCharacters => "\0\u0001\u001b[31m\b\u007f\u0085\r",
        HostileAnswer.BrokenUnicode => "\ud83d \udc00 e\u0301\u0301\u0301 \u202e\ufeff\uffff",
        HostileAnswer.Markup => "{\"a\": [(1e999, -0, NaN], '|', \\d+*?, %s {0} <x>&amp; A) B. (C",
        _ => "",
    };

    private static double Choice(HostileAnswer kind, int place) => kind switch
    {
        HostileAnswer.Blank => 0,
        HostileAnswer.VeryLong => -1e6 * (place + 1),
        HostileAnswer.BrokenUnicode => double.NegativeInfinity,
        HostileAnswer.Impossible => double.NaN,
        _ => -1,
    };

    private static DivergenceResponse Divergence(int index, int tokens, HostileAnswer kind) => new(
        index, [.. Enumerable.Repeat(-Token(kind), tokens)], new float[tokens], new bool[tokens],
        [.. Enumerable.Repeat(kind == HostileAnswer.Blank ? 1f : -1f, tokens)]);

    private static float Token(HostileAnswer kind) => kind switch
    {
        HostileAnswer.Blank => 0,
        HostileAnswer.VeryLong or HostileAnswer.Impossible => -30,
        _ => -1,
    };
}
