using System.Numerics;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>An attribute that a filter is told to look at: <c>a.b.0</c>.</summary>
internal sealed class AttributePath
{
    private readonly List<object?> parts;
    private readonly bool ignoresCase;
    private readonly object? otherwise;

    public AttributePath(object? attribute, bool ignoresCase = false, object? otherwise = null)
    {
        (this.ignoresCase, this.otherwise) = (ignoresCase, otherwise);
        parts = attribute is null ? [] : Types.Text(attribute) is { } text ? [.. text.Split('.').Select(Part)] : [attribute];
    }

    /// <summary>What each of several attributes, with commas between them, gives.</summary>
    public static Func<object?, object?> Several(object? attribute, bool ignoresCase)
    {
        var paths = (Types.Text(attribute)?.Split(',') ?? new[] { attribute }).Select(one => new AttributePath(one, ignoresCase)).ToList();
        return item => new ListValue(paths.Select(path => path.Get(item)));
    }

    public object? Get(object? item)
    {
        foreach (var part in parts)
        {
            item = Lookup.Item(item, part);
            if (otherwise is not null && item is UndefinedValue)
                item = otherwise;
        }
        return !ignoresCase ? item : item is MarkupValue markup ? new MarkupValue(Casing.Lower(markup.Text))
            : item is string text ? Casing.Lower(text) : item;
    }

    private static object Part(string part) => Characters.All(part, Characters.IsDigit) ? NumberText.ParseInteger(part, 10)
        ?? (object)BigInteger.Zero : part;
}
