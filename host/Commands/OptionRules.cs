using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmKick.Options;
using LlmKick.Runtime;

namespace LlmKick.Commands;

/// <summary>What options accept beyond their types, told with the other faults of a command line.</summary>
internal static class OptionRules
{
    /// <summary>A whole number that is not too small.</summary>
    /// <param name="least">The smallest.</param>
    /// <param name="otherwise">What else can be done, beginning with a comma.</param>
    public static Action<OptionResult> AtLeast(int least, string otherwise = "") => result =>
    {
        var isLong = result.Tokens.Any(token => token.Value.Length > 9 && token.Value.All(char.IsAsciiDigit));
        Check(result, text => IsPlain(text) && int.TryParse(text, out var number) && number >= least,
            $"give a whole number of {least} or more{(isLong ? $", {int.MaxValue} at most" : "")}{Zeros(result)}{otherwise}.");
    };

    /// <summary>A number in a range.</summary>
    public static Action<OptionResult> Between(double least, double most) => result => Check(
        result, text => IsPlain(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most,
        FormattableString.Invariant($"give a number from {least} to {most}{Zeros(result)}, such as 0.7."));

    /// <summary>A device's name.</summary>
    public static void Device(OptionResult result) =>
        Check(result, text => DeviceName.TryParse(text, null, out _), "write cpu, cuda or cuda:n, such as cuda:0.");

    /// <summary>A part of a run.</summary>
    public static void Shard(OptionResult result) =>
        Check(result, text => Runs.Plan.Shard.TryParse(text) is not null, "write i/n, such as 2/4 for the second of four parts.");

    /// <summary>Some text.</summary>
    public static void NotEmpty(OptionResult result) => Check(result, text => text.Length > 0, "it is empty: give at least one character.");

    /// <summary>How much is told.</summary>
    public static void Level(OptionResult result) => Check(result, text => Enum.TryParse<Terminals.Verbosity>(text, ignoreCase: true, out _)
        && !char.IsAsciiDigit(text[0]), "write quiet, normal or debug.");

    /// <summary>A path.</summary>
    public static void Path(OptionResult result) => Check(result, text => text.Length > 0, "it is empty: give a path.");

    /// <summary>Arguments that are empty texts, in sentences: all of them are paths or names.</summary>
    public static IEnumerable<string> EmptyArguments(ParseResult line) => line.CommandResult.Children.OfType<ArgumentResult>()
        .Where(result => result.Tokens.Any(token => token.Value.Length == 0))
        .Select(result => $"{result.Argument.Name} is empty: give a path or a name.");

    private static bool IsPlain(string text) => OptionScalar.WithoutLeadingZeros(text) is null;

    private static string Zeros(OptionResult result) =>
        result.Tokens.All(token => IsPlain(token.Value)) ? "" : ", without zeros before it";

    private static void Check(OptionResult result, Predicate<string> isRight, string advice)
    {
        if (result.Errors.Any())
            return;
        foreach (var token in result.Tokens.Where(token => !isRight(token.Value)))
            result.AddError($"{result.Option.Name} {(token.Value.Length == 0 ? "''" : token.Value)}: {advice}");
    }
}
