using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>The filters that apply another filter or a test to each item, and those that ask for attributes.</summary>
internal static class MapFilters
{
    public static Dictionary<string, Filter> All { get; } = new()
    {
        ["attr"] = new("do_attr(environment, obj, name)", (a, run) => Attribute(a[0], TextMethods.Need(a[1], "attribute name"), run)),
        ["d"] = new("do_default(value, default_value='', boolean=False)", Default),
        ["default"] = new("do_default(value, default_value='', boolean=False)", Default),
        ["map"] = new("do_map(context, value, *args, **kwargs)", (a, run) => new IteratorValue(Map(a, run), name: "sync_do_map")),
        ["reject"] = new("do_reject(context, value, *args, **kwargs)", (a, run) => Chosen(a, run, wanted: false, attribute: false)),
        ["rejectattr"] = new("do_rejectattr(context, value, *args, **kwargs)", (a, run) => Chosen(a, run, wanted: false, attribute: true)),
        ["select"] = new("do_select(context, value, *args, **kwargs)", (a, run) => Chosen(a, run, wanted: true, attribute: false)),
        ["selectattr"] = new("do_selectattr(context, value, *args, **kwargs)", (a, run) => Chosen(a, run, wanted: true, attribute: true)),
    };

    /// <summary>What a filter takes the items of.</summary>
    public static DictValue Map(object? value) => value as DictValue
        ?? throw (value is UndefinedValue undefined ? undefined.Fault()
            : new PythonError("AttributeError", $"'{Types.Name(value)}' object has no attribute 'items'"));

    private static object? Attribute(object? owner, string name, Evaluation run) =>
        Lookup.HasAttribute(owner, name) ? Lookup.Attribute(owner, name) : run.Undefined(owner: owner, name: name, hasOwner: true);

    private static object? Default(object?[] a) => a[0] is UndefinedValue || (Types.IsTrue(a[2]) && !Types.IsTrue(a[0])) ? a[1] : a[0];

    private static IEnumerable<object?> Map(object?[] a, Evaluation run)
    {
        if (!Types.IsTrue(a[0]))
            yield break;
        var map = Mapping((List<object?>)a[1]!, (OrderedDictionary<string, object?>)a[2]!, run);
        foreach (var item in Iteration.Over(a[0]))
            yield return map(item);
    }

    private static Func<object?, object?> Mapping(List<object?> positional, OrderedDictionary<string, object?> named, Evaluation run)
    {
        if (positional.Count == 0 && named.TryGetValue("attribute", out var attribute))
        {
            if (named.Keys.FirstOrDefault(key => key is not ("attribute" or "default")) is { } other)
                throw PythonError.Argument($"Unexpected keyword argument {Representation.Quote(other)}");
            return new AttributePath(attribute, otherwise: named.GetValueOrDefault("default")).Get;
        }
        if (positional.Count == 0)
            throw PythonError.Argument("map requires a filter argument");
        return item => Named(positional[0], "filter", name => Filters.Find(name, run.Options))
            .Apply(new CallArguments([item, .. positional.Skip(1)], named), run);
    }

    private static IteratorValue Chosen(object?[] a, Evaluation run, bool wanted, bool attribute) =>
        new(Choose(a[0], (List<object?>)a[1]!, (OrderedDictionary<string, object?>)a[2]!, run, wanted, attribute),
            name: "select_or_reject");

    private static IEnumerable<object?> Choose(object? value, List<object?> positional, OrderedDictionary<string, object?> named,
        Evaluation run, bool wanted, bool attribute)
    {
        if (!Types.IsTrue(value))
            yield break;
        if (attribute && positional.Count == 0)
            throw PythonError.Argument("Missing parameter for attribute name");
        var path = new AttributePath(attribute ? positional[0] : null);
        var rest = positional.Skip(attribute ? 1 : 0).ToList();
        foreach (var item in Iteration.Over(value))
            if (Types.IsTrue(Ask(path.Get(item), rest, named, run)) == wanted)
                yield return item;
    }

    private static object? Ask(object? value, List<object?> test, OrderedDictionary<string, object?> named, Evaluation run) =>
        test.Count == 0 ? value : Named(test[0], "test", name => Tests.Find(name))
            .Apply(new CallArguments([value, .. test.Skip(1)], named), run);

    private static Filter Named(object? name, string kind, Func<string, Filter?> find)
    {
        if (Types.Text(name) is { } text && find(text) is { } filter)
            return filter;
        var message = $"No {kind} named {Representation.Of(name)}.";
        throw PythonError.Runtime(name is UndefinedValue undefined
            ? $"{message} ({undefined.Fault().Message}; did you forget to quote the callable name?)" : message);
    }
}
