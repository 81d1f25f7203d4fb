using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>The filters.</summary>
internal static class Filters
{
    private static readonly Filter ChatJson =
        new(Globals.Owner + "tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False)",
        a => JsonText.Write(a[0], Types.IsTrue(a[1]), a[2], a[3], Types.IsTrue(a[4])));

    private static readonly Dictionary<string, Filter> All =
        new(TextFilters.All.Concat(ListFilters.All).Concat(MapFilters.All).Concat(NumberFilters.All));

    /// <summary>A filter by its name; null where there is none.</summary>
    public static Filter? Find(string name, TemplateOptions options)
    {
        if (options.Filters.TryGetValue(name, out var own))
            return new Filter($"{name}(value, *args, **kwargs)",
                a => FromCaller.Value(own(ToCaller.Value(a[0]), [.. ((List<object?>)a[1]!).Select(ToCaller.Value)],
                ((OrderedDictionary<string, object?>)a[2]!).ToDictionary(pair => pair.Key, pair => ToCaller.Value(pair.Value)))));
        return name == "tojson" && options.ChatFunctions ? ChatJson : All.GetValueOrDefault(name);
    }

    public static bool Has(string name, TemplateOptions options) => All.ContainsKey(name) || options.Filters.ContainsKey(name);
}
