using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Templates;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>render</c>: conversations to text, as a model's chat template writes them.</summary>
internal sealed class RenderCommand : Command
{
    private static readonly Option<bool> Lines = new("--lines") { Description =
        "Each line is a conversation of its own; each output line is {\"text\": …} or {\"error\": …, \"line\": n}; "
        + "exit with 1 where any has an error" };
    private static readonly Option<string> Choice = new("--template")
    {
        Description = "Which of several templates: a name, a file of one (.jinja), or a template itself",
        HelpName = "NAME",
    };
    private static readonly Option<string[]> Special = new("--special") { Description =
        "A special token, such as bos_token=<s> (may be repeated)", HelpName = "NAME=TEXT", Validators = { CheckSpecial } };
    private static readonly Option<string> Now = new("--now") { Description =
        "The local time that the template sees, such as 2026-03-05T14:07:09", HelpName = "TIME", Validators = { CheckNow } };

    private readonly ModelSource models;
    private readonly Terminal terminal;

    public RenderCommand(ModelSource models, Terminal terminal) : base("render",
        "Turn stdin, a JSON object with messages, into the text of a model's chat template; MODEL may be a template's file (.jinja)")
    {
        (this.models, this.terminal) = (models, terminal);
        Arguments.Add(ModelSource.Model);
        foreach (var option in new Option[] { Choice, Special, Now, Lines })
            Options.Add(option);
        SetAction(async (line, cancellationToken) => Run(line, await RendererAsync(line, cancellationToken), cancellationToken));
    }

    private int Run(ParseResult line, ConversationRenderer renderer, CancellationToken cancellationToken)
    {
        var input = StandardInput.Open();
        if (!line.GetValue(Lines))
        {
            terminal.Out.Write(renderer.Render(ConversationRenderer.Read(input.ReadToEnd(), "stdin"), cancellationToken).Rendered.Text);
            return ExitCode.Done;
        }
        var failed = 0;
        for (var number = 1; input.ReadLine() is { } text; number++)
        {
            var (answer, isDone) = Answer(renderer, text, number, cancellationToken);
            terminal.Out.WriteLine(answer);
            failed += isDone ? 0 : 1;
        }
        if (failed > 0)
            terminal.Error.WriteLine($"{failed} {(failed == 1 ? "line" : "lines")} could not be rendered: 'error' in the output says why.");
        return failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<ConversationRenderer> RendererAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var path = line.GetRequiredValue(ModelSource.Model);
        var special = (line.GetValue(Special) ?? []).Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var now = line.GetValue(Now) is { } time ? ParseTime(time) : null;
        if (path.EndsWith(".jinja", StringComparison.OrdinalIgnoreCase))
            return new ConversationRenderer(ChatTemplateSet.Of(ChatTemplateSet.ReadFile(path)), special, Chosen(line), now);
        var tokenizer = await models.LoadTokenizerAsync(line, cancellationToken);
        foreach (var (name, text) in tokenizer.SpecialTokens)
            special.TryAdd(name, text);
        return new ConversationRenderer(tokenizer.ChatTemplates, special, Chosen(line), now);
    }

    private static string? Chosen(ParseResult line) => line.GetValue(Choice) is { } name
        && name.EndsWith(".jinja", StringComparison.OrdinalIgnoreCase) && File.Exists(name) ? ChatTemplateSet.ReadFile(name)
            : line.GetValue(Choice);

    private static (string Answer, bool IsDone) Answer(ConversationRenderer renderer, string text, int number,
        CancellationToken cancellationToken)
    {
        try
        {
            var (rendered, hasSpans) = renderer.Render(ConversationRenderer.Read(text, $"Line {number} of stdin"), cancellationToken);
            return (hasSpans
                ? JsonSerializer.Serialize(
                    new { text = rendered.Text, spans = rendered.Spans.Select(span => new[] { span.Start, span.End }) }, Terminal.Plain)
                : JsonSerializer.Serialize(new { text = rendered.Text }, Terminal.Plain), true);
        }
        catch (TemplateException exception)
        {
            return (JsonSerializer.Serialize(new { error = exception.Reason, line = exception.Line, type = exception.Kind },
                Terminal.Plain), false);
        }
        catch (LlmKickException exception)
        {
            return (JsonSerializer.Serialize(new { error = exception.Message, line = (int?)null }, Terminal.Plain), false);
        }
    }

    private static void CheckSpecial(OptionResult option)
    {
        foreach (var token in option.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            option.AddError($"--special takes a name and a text, such as bos_token=<s>, and not '{token.Value}'.");
    }

    private static void CheckNow(OptionResult option)
    {
        foreach (var token in option.Tokens.Where(token => ParseTime(token.Value) is null))
            option.AddError($"--now takes a local time such as 2026-03-05T14:07:09, and not '{token.Value}'.");
    }

    private static DateTime? ParseTime(string text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
