using System.CommandLine;
using LlmKick.Runs.Plan;

namespace LlmKick.Commands;

/// <summary>Options of the verbs that plan or do a run.</summary>
internal static class RunOptions
{
    public static Option<string> Output { get; } = new("--output", "-o")
    {
        Description = "Folder of the run; it may hold an earlier run of the recipe, which is gone on with [runs/<recipe's name>]",
        HelpName = "DIR",
        Validators = { OptionRules.Path },
    };

    public static Option<string> Device { get; } = new("--device")
    {
        Description = "Where to compute: cpu, cuda or cuda:n",
        HelpName = "DEVICE",
        Validators = { OptionRules.Device },
    };

    public static Option<int?> Threads { get; } = new("--threads")
    {
        Description = "Threads to compute with [one a core]",
        HelpName = "N",
        Validators = { OptionRules.AtLeast(1, ", or leave it out for one a core") },
    };

    public static Option<string> Only { get; } = new("--only")
    {
        Description = "Do this alone, such as wanda-0.5/*, */perplexity or dense",
        HelpName = "VARIANT/TASK",
    };

    public static Option<string> Shard { get; } = new("--shard")
    {
        Description = "Do the i-th of n parts alone, on this machine; 'report' puts the parts' folders together",
        HelpName = "i/n",
        Validators = { OptionRules.Shard },
    };

    /// <summary>Where a run goes that names no folder.</summary>
    public static string DefaultOutput(string recipe, Shard? shard) =>
        Path.Combine("runs", shard is null ? recipe : $"{recipe}-{shard.Index}of{shard.Count}");
}
