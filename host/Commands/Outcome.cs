using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using LlmKick.Recipes;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Storage;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>Turns whatever ended a verb into messages and an exit code: the only place that does.</summary>
internal sealed class Outcome(Terminal terminal)
{
    // How the parser's own sentence begins, which speaks of .NET's types beside what the option's rule says.
    private const string NoConversion = "Cannot parse argument";

    /// <summary>Runs a verb.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="cancellationToken">Cancelled when the user asks for a stop.</param>
    public async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        try
        {
            if (line.Errors.Count > 0)
                return ReportParseErrors(line);
            if (OptionRules.EmptyArguments(line).FirstOrDefault() is { } empty)
                throw new UsageException(empty);
            return await line.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
        }
        catch (Exception exception)
        {
            return Report(exception, line);
        }
    }

    private int ReportParseErrors(ParseResult line)
    {
        var verbs = Verbs(line.CommandResult).Reverse().Select(verb => " " + verb);
        var command = "llmkick" + string.Concat(verbs);
        var told = line.Errors.Select(error => error.Message).Distinct().ToList();
        var own = told.FindAll(one => !one.StartsWith(NoConversion, StringComparison.Ordinal));
        var message = string.Join(Environment.NewLine, own.Count > 0 ? own : told);
        return Report(ExitCode.Wrong,
            $"{message}{Environment.NewLine}{Suggestions.For(line)}Run '{command} --help' to see what can be written.", line);
    }

    private static IEnumerable<string> Verbs(SymbolResult? result)
    {
        for (; result is CommandResult { Command: not RootCommand } verb; result = verb.Parent)
            yield return verb.Command.Name;
    }

    private int Report(Exception exception, ParseResult line)
    {
        var debug = CommonOptions.VerbosityOf(line) == Verbosity.Debug;
        return exception switch
        {
            InvalidRecipeException invalid => Report(ExitCode.Wrong, invalid.Message, line, invalid.Problems),
            UsageException => Report(ExitCode.Wrong, exception.Message, line),
            OperationCanceledException => Report(ExitCode.Interrupted, "Stopped.", line),
            LlmKickException or StorageException => Report(ExitCode.Failed, debug ? exception.ToString() : exception.Message, line),
            _ when FileFault.Is(exception) => Report(ExitCode.Failed, debug ? exception.ToString() : FileFault.Explain(exception), line),
            _ => Report(ExitCode.Failed, debug ? exception.ToString() : $"{exception.GetType().Name}: {exception.Message} This is a fault "
                + $"of llmkick or of a plugin: add '-v debug' to see where.", line),
        };
    }

    private int Report(int exitCode, string message, ParseResult line, IReadOnlyList<RecipeProblem>? problems = null)
    {
        terminal.Error.WriteLine(message);
        if (line.Tokens.Any(token => token.Value == CommonOptions.Json.Name))
            terminal.WriteJson(new JsonObject
            {
                ["format"] = "llmkick/error@1",
                ["exit_code"] = exitCode,
                ["message"] = message,
                ["problems"] = new JsonArray([.. (problems ?? []).Select(problem => problem.ToJson())]),
            });
        return exitCode;
    }
}
