using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary>The options of <c>generate</c> that say how tokens are drawn.</summary>
internal static class SamplingChoice
{
    private static readonly Option<double> Temperature = new("--temperature") { Description = "Randomness: 0 takes the most probable "
        + "token, 1 draws by the model's probabilities", HelpName = "T", Validators = { OptionRules.Between(0, 10) } };
    private static readonly Option<int?> TopK = new("--top-k") { Description = "Draws only among this many most probable tokens",
        HelpName = "N", Validators = { OptionRules.AtLeast(1) } };
    private static readonly Option<double> TopP = new("--top-p") { Description = "Draws only among the most probable tokens that together "
        + "have this probability", DefaultValueFactory = _ => 1, HelpName = "P", Validators = { OptionRules.Between(0, 1) } };
    private static readonly Option<int> Seed =
        new("--seed") { Description = "Another seed, another text", HelpName = "N", Validators = { OptionRules.AtLeast(0) } };

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Temperature, TopK, TopP, Seed })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (IsGreedy(result)
                && new Option[] { TopK, TopP, Seed }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } idle)
                result.AddError($"{idle.Name} has no effect without --temperature: give one above 0, such as --temperature 0.7.");
        });
    }

    // Not by its value, which cannot be asked for where it is no number: that is told elsewhere.
    private static bool IsGreedy(CommandResult result) => result.GetResult(Temperature) is not { Tokens: [var given] }
        || (double.TryParse(given.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == 0);

    /// <summary>What is asked for; null where nothing is drawn.</summary>
    public static Sampling? Of(ParseResult line) => line.GetValue(Temperature) is > 0 and var temperature
        ? new Sampling { Temperature = temperature, TopK = line.GetValue(TopK), TopP = line.GetValue(TopP), Seed = line.GetValue(Seed) }
        : null;
}
