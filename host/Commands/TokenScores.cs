using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary>Scores the tokens of texts one text at a time, and writes the logits after each to a file where one is asked for.</summary>
/// <param name="model">The model.</param>
/// <param name="lastLogits">The file, which appears on <see cref="Commit"/>: float32, little-endian, a row for each text in turn.</param>
internal sealed class TokenScores(ILanguageModel model, string? lastLogits) : IDisposable
{
    private readonly AtomicFile? file = lastLogits is null ? null : new AtomicFile(lastLogits);

    /// <summary>The log-probability of each token: null for the first, which nothing comes before, and where it is no number, for which
    /// JSON has no word.</summary>
    public async Task<float?[]> OfAsync(int[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 1 && file is null)
            return [null];
        await foreach (var response in model
            .AnswerAsync([new RollingRequest(ids) { WithLastLogits = file is not null }], null, cancellationToken))
            return Take((RollingResponse)response);
        throw new LlmKickException($"The model '{model.Description.Name}' gave no answer.");
    }

    /// <summary>Lets the file appear.</summary>
    public void Commit() => file?.Commit();

    public void Dispose() => file?.Dispose();

    private float?[] Take(RollingResponse response)
    {
        if (file is not null)
            Write(response.LastLogits
                ?? throw new LlmKickException($"The model '{model.Description.Name}' tells no logits: leave --last-logits out."));
        return [null, .. response.LogProbabilities.Select(value => float.IsFinite(value) ? (float?)value : null)];
    }

    private void Write(IReadOnlyList<float> row)
    {
        using var writer = new BinaryWriter(file!.Stream, System.Text.Encoding.UTF8, leaveOpen: true);
        foreach (var logit in row)
            writer.Write(logit);
    }
}
