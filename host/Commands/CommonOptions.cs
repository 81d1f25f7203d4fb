using System.CommandLine;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one JSON document to stdout",
    };

    public static Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "Also look for plugins in this folder (may be repeated)",
        HelpName = "DIR",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<bool> Offline { get; } = new("--offline")
    {
        Description = "Fetch nothing: work with the models and data that are on this machine",
        Recursive = true,
    };

    public static Option<Verbosity> Verbosity { get; } = CreateVerbosity();

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "Override a value of the recipe, such as calibration.samples=8 or tasks.perplexity.limit=4 (may be repeated)",
        HelpName = "PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>How much a command line wants to be told; the default where it is wrong.</summary>
    public static Verbosity VerbosityOf(ParseResult line) => line.Errors.Count > 0 ? Terminals.Verbosity.Normal : line.GetValue(Verbosity);

    private static Option<Verbosity> CreateVerbosity() => new("--verbosity", "-v")
    {
        Description = "How much is told on stderr: quiet, normal or debug",
        HelpName = "LEVEL",
        Recursive = true,
        DefaultValueFactory = _ => Terminals.Verbosity.Normal,
        Validators = { OptionRules.Level },
    };
}
