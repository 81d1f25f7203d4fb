using System.Globalization;
using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>The parameters of a function as Python declares them, and how arguments meet them.</summary>
internal sealed class Signature
{
    private static readonly string[] Hidden = ["eval_ctx", "environment", "env", "context"];

    private readonly List<Parameter> parameters = [];
    private readonly int hidden;
    private readonly bool takesRest;
    private readonly bool takesNamed;
    private readonly bool isPositional;

    /// <summary>Reads such as <c>do_join(eval_ctx, value, d="", attribute=None)</c>; a <c>/</c> at the end is a function of C that takes no
    /// names.</summary>
    public Signature(string declaration)
    {
        var open = declaration.IndexOf('(', StringComparison.Ordinal);
        Name = declaration[..open];
        foreach (var part in Parts(declaration[(open + 1)..^1]))
            if (part == "/")
                isPositional = true;
            else if (part.StartsWith("**", StringComparison.Ordinal))
                takesNamed = true;
            else if (part.StartsWith('*'))
                takesRest = true;
            else if (parameters.Count == 0 && hidden == 0 && Hidden.Contains(part))
                hidden = 1;
            else
                parameters.Add(Parse(part));
    }

    public string Name { get; }

    /// <summary>The value of each parameter; the rest by position and by name come last, where they are taken.</summary>
    public object?[] Bind(CallArguments arguments)
    {
        if (isPositional)
            CheckPositional(arguments);
        var given = arguments.Positional.Count;
        if (given > parameters.Count && !takesRest)
            throw TooMany(given);
        var values = new object?[parameters.Count + (takesRest ? 1 : 0) + (takesNamed ? 1 : 0)];
        Array.Fill(values, Missing.Value, 0, parameters.Count);
        for (var i = 0; i < Math.Min(given, parameters.Count); i++)
            values[i] = arguments.Positional[i];
        if (takesRest)
            values[parameters.Count] = arguments.Positional.Skip(parameters.Count).ToList();
        BindNamed(arguments, values);
        FillDefaults(values);
        return values;
    }

    private void BindNamed(CallArguments arguments, object?[] values)
    {
        var rest = new OrderedDictionary<string, object?>();
        foreach (var (name, value) in arguments.Named)
        {
            var index = parameters.FindIndex(parameter => parameter.Name == name);
            if (index < 0 && !takesNamed)
                throw PythonError.Type($"{Name}() got an unexpected keyword argument '{name}'");
            if (index < 0)
                rest[name] = value;
            else
                values[index] = values[index] == Missing.Value ? value
                    : throw PythonError.Type($"{Name}() got multiple values for argument '{name}'");
        }
        if (takesNamed)
            values[^1] = rest;
    }

    private void FillDefaults(object?[] values)
    {
        for (var i = 0; i < parameters.Count; i++)
            if (values[i] == Missing.Value)
                values[i] = parameters[i].IsOptional ? parameters[i].Default : throw TooFew(values);
    }

    private PythonError TooFew(object?[] values)
    {
        var missing = parameters.Where((parameter, i) => values[i] == Missing.Value && !parameter.IsOptional)
            .Select(parameter => $"'{parameter.Name}'").ToList();
        var names = missing.Count switch { 1 => missing[0], 2 => string.Join(" and ", missing),
            _ => $"{string.Join(", ", missing.SkipLast(1))}, and {missing[^1]}" };
        return PythonError.Type($"{Name}() missing {missing.Count} required positional argument{(missing.Count == 1 ? "" : "s")}: {names}");
    }

    private PythonError TooMany(int given)
    {
        var (least, most) = (hidden + parameters.Count(parameter => !parameter.IsOptional), hidden + parameters.Count);
        var takes = least == most ? $"{most}" : $"from {least} to {most}";
        return PythonError.Type($"{Name}() takes {takes} positional argument{(most == 1 ? "" : "s")} but {given + hidden} "
            + $"{(given + hidden == 1 ? "was" : "were")} given");
    }

    private void CheckPositional(CallArguments arguments)
    {
        var given = arguments.Positional.Count;
        var (least, most) = (parameters.Count(parameter => !parameter.IsOptional), takesRest ? int.MaxValue : parameters.Count);
        var shortName = Name[(Name.LastIndexOf('.') + 1)..];
        if (arguments.Named.Count > 0 && !takesNamed)
            throw PythonError.Type($"{Name}() takes no keyword arguments");
        if (given >= least && given <= most)
            return;
        if (least == most)
            throw PythonError.Type($"{Name}() takes "
                + $"{(most == 0 ? "no arguments" : most == 1 ? "exactly one argument" : $"exactly {most} arguments")} ({given} given)");
        var (word, bound) = given < least ? ("least", least) : ("most", most);
        throw PythonError.Type($"{shortName} expected at {word} {bound} argument{(bound == 1 ? "" : "s")}, got {given}");
    }

    // A comma may stand in a default.
    private static IEnumerable<string> Parts(string parameters)
    {
        var (start, quoted) = (0, false);
        for (var at = 0; at <= parameters.Length; at++)
            if (at == parameters.Length || (parameters[at] == ',' && !quoted))
            {
                if (parameters[start..at].TrimStart() is { Length: > 0 } part)
                    yield return part;
                start = at + 1;
            }
            else if (parameters[at] == '\'')
                quoted = !quoted;
    }

    private static Parameter Parse(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new Parameter(part, false, null) : new Parameter(part[..equals], true, Literal(part[(equals + 1)..]));
    }

    private static object? Literal(string text) => text switch
    {
        "None" => null,
        "missing" => Missing.Value,
        "True" => true,
        "False" => false,
        _ when text[0] == '\'' => text[1..^1],
        _ when text.Contains('.', StringComparison.Ordinal) => double.Parse(text, CultureInfo.InvariantCulture),
        _ => BigInteger.Parse(text, CultureInfo.InvariantCulture),
    };
}
