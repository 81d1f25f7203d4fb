using System.Numerics;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>The filters of lists and dictionaries.</summary>
internal static class ListFilters
{
    public static Dictionary<string, Filter> All { get; } = new()
    {
        ["batch"] = new("do_batch(value, linecount, fill_with=None)", a => new IteratorValue(Batch(a[0], a[1], a[2]), name: "do_batch")),
        ["count"] = new("len(obj, /)", a => new BigInteger(Iteration.Length(a[0]))),
        ["dictsort"] = new("do_dictsort(value, case_sensitive=False, by='key', reverse=False)", DictSort),
        ["first"] = new("do_first(environment, seq)", (a, run) => First(Iteration.Over(a[0]), run, "No first item, sequence was empty.")),
        ["groupby"] = new("do_groupby(environment, value, attribute, default=None, case_sensitive=False)", GroupBy),
        ["items"] = new("do_items(value)", a => new IteratorValue(Items(a[0]), name: "do_items")),
        ["last"] = new("do_last(environment, seq)", (a, run) => First(Reversed(a[0])
            ?? throw PythonError.Type($"'{Types.Name(a[0])}' object is not reversible"), run, "No last item, sequence was empty.")),
        ["length"] = new("len(obj, /)", a => new BigInteger(Iteration.Length(a[0]))),
        ["list"] = new("do_list(value)", a => new ListValue(Iteration.ToList(a[0]))),
        ["max"] = new("do_max(environment, value, case_sensitive=False, attribute=None)", (a, run) => Extreme(a, run, ">")),
        ["min"] = new("do_min(environment, value, case_sensitive=False, attribute=None)", (a, run) => Extreme(a, run, "<")),
        ["random"] = new("do_random(context, seq)", RandomItem),
        ["reverse"] = new("do_reverse(value)", a => Reverse(a[0])),
        ["slice"] = new("do_slice(value, slices, fill_with=None)", a => new IteratorValue(Slice(a[0], a[1], a[2]), name: "sync_do_slice")),
        ["sort"] = new("do_sort(environment, value, reverse=False, case_sensitive=False, attribute=None)",
            a => new ListValue(Sorting.Sort(Iteration.Over(a[0]), AttributePath.Several(a[3], !Types.IsTrue(a[2])), Types.IsTrue(a[1])))),
        ["sum"] = new("do_sum(environment, iterable, attribute=None, start=0)", Sum),
        ["unique"] = new("do_unique(environment, value, case_sensitive=False, attribute=None)",
            a => new IteratorValue(Unique(a[0], new AttributePath(a[2], !Types.IsTrue(a[1]))), name: "sync_do_unique")),
    };

    private static IEnumerable<object?> Batch(object? value, object? count, object? fill)
    {
        var size = Types.Integer(count)
            ?? throw PythonError.Type($"'<' not supported between instances of 'int' and '{Types.Name(count)}'");
        var batch = new List<object?>();
        foreach (var item in Iteration.Over(value))
        {
            if (batch.Count == size)
            {
                yield return new ListValue(batch);
                batch = [];
            }
            batch.Add(item);
        }
        Evaluation.Text(fill is null ? 0 : (long)BigInteger.Min(8 * size, long.MaxValue / 2));
        while (batch.Count > 0 && fill is not null && batch.Count < size)
            batch.Add(fill);
        if (batch.Count > 0)
            yield return new ListValue(batch);
    }

    private static IEnumerable<object?> Slice(object? value, object? slices, object? fill)
    {
        var items = Iteration.ToList(value);
        var count = Types.SmallIndex(slices);
        if (count == 0)
            throw PythonError.ZeroDivision("integer division or modulo by zero");
        for (var (i, at) = (0, 0); i < count; i++)
        {
            var extra = i < items.Count % count;
            var size = (items.Count / count) + (extra ? 1 : 0);
            yield return new ListValue(
                (IEnumerable<object?>)[.. items.GetRange(at, size), .. !extra && fill is not null ? [fill] : Array.Empty<object?>()]);
            at += size;
        }
    }

    private static ListValue DictSort(object?[] a)
    {
        var place = Types.Text(a[2]) switch { "key" => 0, "value" => 1,
            _ => throw PythonError.Argument("You can only sort by either \"key\" or \"value\"") };
        var dict = MapFilters.Map(a[0]);
        var path = new AttributePath(new BigInteger(place), !Types.IsTrue(a[1]));
        return new ListValue(Sorting.Sort(dict.Pairs.Select(pair => (object?)new TupleValue([pair.Key, pair.Value])), path.Get,
            Types.IsTrue(a[3])));
    }

    private static object? First(IEnumerable<object?> items, Evaluation run, string hint)
    {
        foreach (var item in items)
            return item;
        return run.Undefined(hint);
    }

    private static object GroupBy(object?[] a)
    {
        var ignoresCase = !Types.IsTrue(a[3]);
        var (key, shown) = (new AttributePath(a[1], ignoresCase, a[2]), new AttributePath(a[1], otherwise: a[2]));
        var groups = new List<(object? Key, List<object?> Items)>();
        foreach (var item in Sorting.Sort(Iteration.Over(a[0]), key.Get, reverse: false))
            if (key.Get(item) is var own && groups.Count > 0 && Comparison.AreEqual(groups[^1].Key, own))
                groups[^1].Items.Add(item);
            else
                groups.Add((own, [item]));
        return new ListValue(groups.Select(group =>
            new TupleValue([ignoresCase ? shown.Get(group.Items[0]) : group.Key, new ListValue(group.Items)], "grouper", "list")));
    }

    private static IEnumerable<object?> Items(object? value)
    {
        if (value is UndefinedValue)
            yield break;
        foreach (var (key, item) in (value as DictValue ?? throw PythonError.Type("Can only get item pairs from a mapping.")).Pairs)
            yield return new TupleValue([key, item]);
    }

    /// <summary>The items from the last; null where Python cannot go backwards.</summary>
    private static IEnumerable<object?>? Reversed(object? value) => value switch
    {
        string or MarkupValue => CodePoints.All(Types.Text(value)!).Reverse(),
        SequenceValue or RangeValue or DictValue or DictViewValue or BytesValue => ((Value)value).Items!.Reverse(),
        UndefinedValue undefined => undefined.Items,
        _ => null,
    };

    private static object Reverse(object? value)
    {
        if (Types.Text(value) is { } text)
            return value is MarkupValue ? new MarkupValue(string.Concat(CodePoints.All(text).Reverse()))
                : string.Concat(CodePoints.All(text).Reverse());
        if (Reversed(value) is { } items)
            return new IteratorValue(items, Types.Name(value) + "_reverseiterator");
        var list = (Iteration.Find(value) ?? throw PythonError.Argument("argument must be iterable")).ToList();
        list.Reverse();
        return new ListValue(list.AsEnumerable());
    }

    private static object? Extreme(object?[] a, Evaluation run, string sign)
    {
        var path = new AttributePath(a[2], !Types.IsTrue(a[1]));
        (object? Item, object? Key)? best = null;
        foreach (var item in Iteration.Over(a[0]))
        {
            var key = path.Get(item);
            if (best is not { } one || Comparison.Order(key, one.Key, sign))
                best = (item, key);
        }
        return best is { } found ? found.Item : run.Undefined("No aggregated item, sequence was empty.");
    }

    private static object? RandomItem(object?[] a, Evaluation run)
    {
        var count = Iteration.Length(a[0]);
        return count == 0 ? run.Undefined("No random item, sequence was empty.")
            : Lookup.Item(a[0], new BigInteger(run.Random.Next(count)));
    }

    private static object? Sum(object?[] a)
    {
        if (Types.Text(a[2]) is not null)
            throw PythonError.Type("sum() can't sum strings [use ''.join(seq) instead]");
        var path = new AttributePath(a[1]);
        return Iteration.Over(a[0]).Aggregate(a[2], (sum, item) => Arithmetic.Apply("add", sum, path.Get(item)));
    }

    private static IEnumerable<object?> Unique(object? value, AttributePath path)
    {
        var seen = new HashSet<DictKey>();
        foreach (var item in Iteration.Over(value))
            if (seen.Add(new DictKey(path.Get(item))))
                yield return item;
    }
}
