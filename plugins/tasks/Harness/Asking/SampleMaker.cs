using LlmKick.Harness.Definitions;
using LlmKick.Harness.Prompts;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging;

namespace LlmKick.Harness.Asking;

/// <summary>Makes a task's samples.</summary>
/// <param name="task">The task.</param>
/// <param name="options">The recipe's options.</param>
/// <param name="context">Tokenizer and context length.</param>
internal sealed partial class SampleMaker(TaskDefinition task, HarnessOptions options, TaskContext context)
{
    private readonly TokenCut cut = new(context.Tokenizer, options.Bos);
    private readonly PromptWriter writer = new(task, options, context.Tokenizer);
    private readonly int longest = options.MaxLength ?? context.ContextLength;

    /// <summary>The samples, without what is asked of their pairs.</summary>
    public async Task<IReadOnlyList<HarnessSample>> MakeAsync(CancellationToken cancellationToken)
    {
        if (longest > context.ContextLength)
            throw new LlmKickException($"max_length: {longest} tokens are more than the model's context of {context.ContextLength}; write "
                + $"{context.ContextLength} or less.");
        var data = new TaskRows(task, options.Data);
        var rows = await data.EvaluatedAsync(cancellationToken).ConfigureAwait(false);
        if (task.Kind != OutputKind.MultipleChoice && task.Fields.ConstantTarget(rows) is { } text)
            TellConstant(context.Logger, task.File.Place("doc_to_target"), text, string.Join(", ", rows[0].Values.Keys));
        var sampler = new ShotSampler(task, await data.PoolAsync(cancellationToken).ConfigureAwait(false));
        return [.. rows.Take(Kept(rows.Count)).Select((row, i) => Sample(row, i, rows.Count, sampler.Next(row)))];
    }

    private int Kept(int count) => options.Limit switch
    {
        null => count,
        < 1 and var share => (int)Math.Ceiling(count * share),
        { } most => (int)Math.Min(count, most),
    };

    private HarnessSample Sample(Row row, int number, int splitRows, IReadOnlyList<Row> shots)
    {
        var sample = new HarnessSample(task.Name, number, JsonValues.Node(row.Values))
        {
            Definition = task,
            Row = row,
            Gold = task.Fields.Target(row),
            Choices = task.Fields.HasChoices ? task.Fields.Choices(row) : [],
            Requests = [],
            SplitRows = splitRows,
        };
        return task.Kind switch
        {
            OutputKind.MultipleChoice => Choice(sample, shots),
            OutputKind.Loglikelihood => sample with
            {
                Pairs = [Pair(sample, writer.Write(row, Text(row), shots), PythonText.Str(sample.Gold))],
            },
            OutputKind.LoglikelihoodRolling => Rolling(sample),
            _ => Generation(sample, writer.Write(row, Text(row), shots)),
        };
    }

    private string Text(Row row) => PythonText.Str(task.Fields.Text(row) ?? "");

    private HarnessSample Choice(HarnessSample sample, IReadOnlyList<Row> shots)
    {
        var (row, delimiter) = (sample.Row, writer.Delimiter(sample.Row));
        if (task.Fields.Text(row) is long right)
            return sample with
            {
                RightContext = right,
                Pairs = [.. sample.Choices.Select(choice =>
                    Pair(sample, writer.Write(row, choice, shots), delimiter + PythonText.Str(sample.Gold)))],
            };
        var text = writer.Write(row, Text(row), shots);
        var pairs = sample.Choices.Select(choice => Pair(sample, text, delimiter + choice)).ToList();
        if (task.Metrics.Any(metric => metric.Name == "acc_mutual_info"))
            pairs.AddRange(sample.Choices.Select(choice => Pair(sample, "", delimiter + choice)));
        return sample with { Pairs = pairs };
    }

    private ScoredPair Pair(HarnessSample sample, string text, string continuation) =>
        ScoredPair.Of(cut, text, continuation, longest, sample.Row.Place);

    private HarnessSample Rolling(HarnessSample sample)
    {
        var tokens = cut.Opening(PythonText.Str(sample.Gold));
        // What begins the text is not a part of it that a model would have to guess.
        if (!options.IsRelease && tokens.Count > 0 && tokens[0] == cut.Prefix)
            tokens = [.. tokens.Skip(1)];
        if (tokens.Count == 0)
            throw new LlmKickException($"{sample.Row.Place}: the text is empty; leave the row out.");
        IReadOnlyList<(IReadOnlyList<int> Context, IReadOnlyList<int> Scored)> windows =
            [.. RollingWindows.Cut(cut.Prefix, tokens, longest)];
        return sample with { Windows = windows, Requests = [.. windows.Select(Request)] };
    }

    /// <summary>A window one token longer than the context is no sequence to read, but its last token is never read.</summary>
    private Request Request((IReadOnlyList<int> Context, IReadOnlyList<int> Scored) window) =>
        window.Context.Count + window.Scored.Count <= context.ContextLength
            ? new RollingRequest([.. window.Context, .. window.Scored], window.Context.Count)
            : new ChooseRequest(new Prompt("", window.Context), [new Prompt("", window.Scored)]);

    private HarnessSample Generation(HarnessSample sample, string text)
    {
        var rules = new GenerationRequest(task);
        var tokens = cut.Opening(text);
        var most = longest - rules.MaxNewTokens;
        if (most <= 0)
            throw task.File.Fault("generation_kwargs",
                $"{rules.MaxNewTokens} new tokens leave nothing of the longest sequence of {longest}; "
                + $"ask for fewer by `max_gen_toks`.");
        if (tokens.Count == 0)
            throw new LlmKickException($"{sample.Row.Place}: the prompt has no tokens; write some text into `doc_to_text`.");
        IReadOnlyList<int> given = tokens.Count <= most ? tokens : [.. tokens.Skip(tokens.Count - most)];
        return sample with
        {
            Context = text,
            ContextTokens = tokens.Count,
            Requests = rules.Make(new Prompt(text, given), sample.Id, context.Seed),
        };
    }

    [LoggerMessage(LogLevel.Warning, "{Place}: '{Text}' is no column of the rows, which have {Columns}, and has no {{{{ … }}}} in it: "
        + "every row's answer is this text.")]
    private static partial void TellConstant(ILogger logger, string place, string text, string columns);
}
