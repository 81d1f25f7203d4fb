
namespace LlmKick.Sdk.Templates.Values;

/// <summary>Attributes and items as a template reaches for them.</summary>
internal static class Lookup
{
    private static readonly HashSet<string> ListChanges = ["append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"];
    private static readonly HashSet<string> DictChanges = ["clear", "pop", "popitem", "setdefault", "update"];

    /// <summary><c>value.name</c>: the attribute, else the item.</summary>
    public static object? Attribute(object? value, string name)
    {
        var found = FindAttribute(value, name);
        if (found != Missing.Value)
            return Permitted(value, name, found);
        found = FindItem(value, name);
        return found != Missing.Value ? found : Evaluation.Current.Undefined(owner: value, name: name, hasOwner: true);
    }

    /// <summary><c>value[key]</c>: the item, else the attribute.</summary>
    public static object? Item(object? value, object? key)
    {
        var found = FindItem(value, key);
        if (found == Missing.Value && Types.Text(key) is { } name && FindAttribute(value, name) is var attribute
            && attribute != Missing.Value)
            return Permitted(value, name, attribute);
        return found != Missing.Value ? found : Evaluation.Current.Undefined(owner: value, name: key, hasOwner: true);
    }

    /// <summary>Whether there is an attribute at all.</summary>
    public static bool HasAttribute(object? value, string name) => FindAttribute(value, name) != Missing.Value;

    private static object? FindItem(object? value, object? key) => value switch
    {
        string text => TextItems.At(text, key),
        Value other => other.Item(key),
        _ => Missing.Value,
    };

    private static object? FindAttribute(object? value, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
            return value is not UndefinedValue && InternalNames.Has(value, name) ? null : Missing.Value;
        return value switch
        {
            string text => TextMethods.Find(text, text, name),
            Value other => other.Attribute(name),
            null => Missing.Value,
            _ => NumberMethods.Find(value, name),
        };
    }

    private static object? Permitted(object? owner, string name, object? found)
    {
        var sandbox = Evaluation.Current.Options.Sandbox;
        if (sandbox == SandboxKind.None && !name.StartsWith("__", StringComparison.Ordinal))
            return found;
        var changes = owner switch { ListValue => ListChanges.Contains(name), DictValue => DictChanges.Contains(name), _ => false };
        return name.StartsWith('_') || (changes && sandbox == SandboxKind.Immutable) ? UndefinedValue.Unsafe(name, owner) : found;
    }
}
