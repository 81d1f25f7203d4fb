using System.CommandLine;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>score</c>: the log-probability of each token of a text.</summary>
internal sealed class ScoreCommand : Command
{
    private static readonly Option<string> LastLogits = new("--last-logits")
    {
        Description = "Also write the logits after the last token as float32, little-endian; with --ids a row for each line",
        HelpName = "FILE", Validators = { OptionRules.NotEmpty },
    };

    private readonly ModelSource models;
    private readonly Terminal terminal;

    public ScoreCommand(ModelSource models, Terminal terminal)
        : base("score", "Write the log-probability of each token of stdin, one JSON line a token")
    {
        (this.models, this.terminal) = (models, terminal);
        ModelSource.AddTo(this);
        Options.Add(IdLines.Ids);
        Options.Add(ChatInput.Chat);
        Options.Add(LastLogits);
        Validators.Add(line =>
        {
            if (line.GetValue(IdLines.Ids) && line.GetValue(ChatInput.Chat))
                line.AddError("--ids and --chat exclude each other: stdin is token ids or a conversation.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var text = line.GetValue(IdLines.Ids) ? null : await StandardInput.Open().ReadToEndAsync(cancellationToken);
        await using var model = await models.LoadAsync(line, cancellationToken);
        using var scores = new TokenScores(model, line.GetValue(LastLogits));
        if (text is null)
            await foreach (var ids in IdLines.ReadAsync(model, cancellationToken))
                terminal.Out.WriteLine(JsonSerializer.Serialize(new { logprobs = await scores.OfAsync(ids, cancellationToken) }));
        else
            await ScoreAsync(line.GetValue(ChatInput.Chat) ? [.. ChatInput.Of(text, model.Tokenizer!).Prompt.Tokens]
                : model.Tokenizer!.Encode(text), model.Tokenizer!, scores, cancellationToken);
        scores.Commit();
        return ExitCode.Done;
    }

    private async Task ScoreAsync(int[] ids, ITokenizer tokenizer, TokenScores scores, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
            throw new LlmKickException("stdin is empty: there is nothing to score.");
        foreach (var (id, logprob) in ids.Zip(await scores.OfAsync(ids, cancellationToken)))
            terminal.Out.WriteLine(JsonSerializer.Serialize(new { id, text = tokenizer.Decode([id]), logprob }, Terminal.Plain));
    }
}
