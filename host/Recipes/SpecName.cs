using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Options;
using LlmKick.Recipes.Binding;

namespace LlmKick.Recipes;

/// <summary>Names of variants and tasks: readable, stable, fit for file names everywhere.</summary>
internal static partial class SpecName
{
    // File systems take 255 bytes: a name of letters outside ASCII, and what files add to it, still fit.
    private const int MaxLength = 120;

    /// <summary>A name derived from components and their options, or the given one with what is swept.</summary>
    /// <param name="stages">Components' names with their given values, in order.</param>
    /// <param name="given">The name that the recipe gives, or null.</param>
    /// <param name="more">Other values that are swept.</param>
    public static string Derive(IReadOnlyList<(string Component, IReadOnlyList<OptionValue> Values)> stages, string? given,
        params IEnumerable<OptionValue> more) => (given is null
            ? string.Join('+',
                stages.Select(stage => stage.Component + Suffixes(stage.Values.Where(value => value.IsSwept || value.Option.Facts.InName))))
            : given + Suffixes(stages.SelectMany(stage => stage.Values).Where(value => value.IsSwept)))
        + Suffixes(more);

    /// <summary>The name of one of several that differ in their seeds.</summary>
    public static string WithSeed(string name, int seed) => $"{name}-seed{OptionScalar.Format(seed)}";

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Fault(string name) => name switch
    {
        "" => "the name is empty: give one, or leave 'name' out.",
        { Length: > MaxLength } =>
            $"the name '{name}' is longer than {MaxLength} characters and cannot be a file's: give a shorter 'name'.",
        _ when !Allowed().IsMatch(name) =>
            $"the name '{name}' cannot be a file's: use letters of English, digits and . _ + - with a letter or digit at both ends.",
        _ when Reserved().IsMatch(name) => $"the name '{name}' is reserved on Windows: choose another.",
        _ => null,
    };

    /// <summary>A text as part of a name: <c>2:4</c> → <c>2of4</c>, what files cannot be named → <c>_</c>.</summary>
    public static string Sanitize(string text) => Forbidden().Replace(Ratio().Replace(text, "of"), "_").Trim('_', '.', ' ');

    private static string Suffixes(IEnumerable<OptionValue> values) => string.Concat(values.Select(Suffix));

    private static string Suffix(OptionValue value) => "-" + (value.Option.Facts.InName ? "" : value.Option.Key) + Sanitize(Text(value));

    private static string Text(OptionValue value) => value.Given switch
    {
        null => "none",
        JsonObject map => string.Join('_', map.Select(entry => entry.Value)),
        JsonArray list => string.Join('_', list.Select(item => item!.ToString())),
        _ when value.Option.Inner is not null => value.Given.ToString(),
        _ when value.Option.Facts.IsPath => Path.GetFileNameWithoutExtension(value.Given.ToString()),
        _ => OptionScalar.Format(value.Value!),
    };

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9._+-]*[A-Za-z0-9])?$")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    [GeneratedRegex("[^A-Za-z0-9._+-]+")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"(?<=\d):(?=\d)")]
    private static partial Regex Ratio();
}
