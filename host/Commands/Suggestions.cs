using System.CommandLine;
using LlmKick.Sdk.Options;

namespace LlmKick.Commands;

/// <summary>Guesses what a mistyped word of the command line meant.</summary>
internal static class Suggestions
{
    /// <summary>A line for each word that is near a known one; empty where none is.</summary>
    public static string For(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var known = command.Subcommands.Select(verb => verb.Name)
            .Concat(command.Options.Concat(line.RootCommandResult.Command.Options.Where(option => option.Recursive))
                .Select(option => option.Name)).ToList();
        var guesses = line.UnmatchedTokens.Select(word => (word, guess: NearestName.Find(word, known)))
            .Where(pair => pair.guess is not null);
        return string.Concat(guesses.Select(pair => $"'{pair.word}': did you mean '{pair.guess}'?{Environment.NewLine}"));
    }
}
