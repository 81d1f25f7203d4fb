using System.CommandLine;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary><c>score</c>: the log-probability of each token of a text.</summary>
internal sealed class ScoreCommand : Command
{
    private readonly ModelSource models;
    private readonly Terminal terminal;

    public ScoreCommand(ModelSource models, Terminal terminal) : base("score", "Write the log-probability of each token of stdin, one JSON line a token")
    {
        (this.models, this.terminal) = (models, terminal);
        ModelSource.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var text = await StandardInput.Open().ReadToEndAsync(cancellationToken);
        await using var model = await models.LoadAsync(line, cancellationToken);
        var tokenizer = model.Tokenizer!;
        var ids = tokenizer.Encode(text);
        if (ids.Length == 0)
            throw new LlmKickException("stdin is empty: there is nothing to score.");
        IReadOnlyList<float> values = [];
        if (ids.Length > 1)
            await foreach (var response in model.AnswerAsync([new RollingRequest(ids)], null, cancellationToken))
                values = ((RollingResponse)response).LogProbabilities;
        for (var i = 0; i < ids.Length; i++)
            terminal.Out.WriteLine(JsonSerializer.Serialize(new { id = ids[i], text = tokenizer.Decode([ids[i]]), logprob = i == 0 ? null : Finite(values[i - 1]) }, Terminal.Plain));
        return ExitCode.Done;
    }

    // JSON has no word for what is no number, as after an overflow.
    private static float? Finite(float value) => float.IsFinite(value) ? value : null;
}
