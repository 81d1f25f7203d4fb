using System.Globalization;

namespace LlmKick.Sdk.Options;

/// <summary>
/// Describes one option of a method, model or task. The same facts drive validation, <c>llmkick list</c>, the JSON schema and the docs.
/// </summary>
/// <remarks>
/// The recipe key is the property's name in snake case (<c>BlockSize</c> → <c>block_size</c>). Property types: <see cref="bool"/>,
/// <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, enums (snake case), any
/// <see cref="IParsable{TSelf}"/>
/// (written as a scalar), nullable forms of these, and <see cref="IReadOnlyList{T}"/> of these; a record that has options itself, written
/// as a map;
/// <see cref="System.Text.Json.Nodes.JsonObject"/> for a map of anything. The property's initial value is the default.
/// </remarks>
/// <param name="help">One line: what it does and, where there is one, the trade-off.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string help) : Attribute
{
    /// <summary>One line: what the option does.</summary>
    public string Help { get; } = help;

    /// <summary>Least allowed value of a number.</summary>
    /// <value>No limit unless set.</value>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Greatest allowed value of a number.</summary>
    /// <value>No limit unless set.</value>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Whether a recipe must give the option.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the value is the path of a local file or folder: relative to the recipe, must exist, its content is part of the
    /// fingerprint. A recipe may also name it where it stands elsewhere, on the hub or another server: it is fetched, and the value is
    /// its path on this machine.</summary>
    public bool IsPath { get; init; }

    /// <summary>What the path must be of.</summary>
    /// <value>Either, unless set.</value>
    public PathKind PathKind { get; init; }

    /// <summary>The layout of the rows that the path's files have, such as <c>text</c>: a recipe may then call data sets of that layout by
    /// their names, such as <c>wikitext-2-raw/test</c>, where no file of that name is.</summary>
    public string? Layout { get; init; }

    /// <summary>A word that may stand in place of a path, such as <c>dense</c>: it is then the value, and no file.</summary>
    public string? Word { get; init; }

    /// <summary>Whether a name may stand in place of a path: a word of letters, digits, <c>_</c> and <c>-</c>. It is then the value, and no
    /// file; paths become absolute.</summary>
    public bool OrName { get; init; }

    /// <summary>Whether a single value in place of the record that has this option is this option's: <c>chat: plain</c> for <c>chat: {
    /// template: plain }</c>.</summary>
    public bool StandsAlone { get; init; }

    /// <summary>Whether the value changes no result, such as the number of tries: what was done under another value stays.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>Whether the value is written bare in the names of variants and tasks (<c>wanda-0.5</c>, not
    /// <c>wanda-sparsity0.5</c>).</summary>
    public bool InName { get; init; }

    /// <summary>What the option is to reports; each role is one option's, but <see cref="OptionRole.Selection"/>.</summary>
    public OptionRole Role { get; init; }

    /// <summary>How a value is written whose type does not say it, such as <c>N:M</c>.</summary>
    public string? Syntax { get; init; }

    /// <summary>Allowed values of a string, if it is one of a few.</summary>
    public string[]? Choices { get; init; }

    /// <summary>Whether a value is in range and among the choices. What is no number has no range, what is no string no choices.</summary>
    /// <param name="value">A value of the option, or of its list.</param>
    public bool Accepts(object value) => value switch
    {
        int or long or double => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number >= Min && number <= Max,
        string text => Choices is null || Choices.Contains(text),
        _ => true,
    };
}
