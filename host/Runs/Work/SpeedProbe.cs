using System.Diagnostics;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Work;

/// <summary>Measures how fast a model reads: a short text, the faster of two readings after one that warms up.</summary>
internal static class SpeedProbe
{
    // Long enough that products take the time and not calls, short enough for a slow machine's three readings.
    private const int Length = 128;
    private const int Readings = 2;
    private const string Text =
        "What a form of weights costs is measured; what it brings is measured too, where this machine computes with it. ";

    /// <summary>Reads the text.</summary>
    /// <returns>The time, or null where the model has no tokenizer or no room for the text.</returns>
    public static async Task<SpeedRecord?> MeasureAsync(ILanguageModel model, CancellationToken cancellationToken)
    {
        var tokens = model.Tokenizer?.Encode(string.Concat(Enumerable.Repeat(Text, Length)))
            .Take(Math.Min(Length, model.Description.ContextLength)).ToArray() ?? [];
        if (tokens.Length < 2)
            return null;
        var fastest = double.PositiveInfinity;
        for (var reading = 0; reading <= Readings; reading++)
        {
            var watch = Stopwatch.StartNew();
            // One score: the output head is no part of what was compressed.
            await foreach (var _ in model.AnswerAsync([new RollingRequest(tokens, tokens.Length - 1)], null, cancellationToken)
                .ConfigureAwait(false))
                fastest = reading > 0 ? Math.Min(fastest, watch.Elapsed.TotalSeconds) : fastest;
        }
        return new SpeedRecord(tokens.Length, fastest);
    }
}
