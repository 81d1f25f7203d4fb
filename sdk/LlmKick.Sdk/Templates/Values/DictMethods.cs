
namespace LlmKick.Sdk.Templates.Values;

/// <summary>The methods of dictionaries.</summary>
internal static class DictMethods
{
    private static readonly MethodTable<DictValue> Methods = new MethodTable<DictValue>("dict")
        .Add("copy(/)", (self, _) => self.Copy())
        .Add("fromkeys(iterable, value=None, /)", (_, a) => FromKeys(a[0], a[1]))
        .Add("get(key, default=None, /)", (self, a) => self.TryGet(a[0], out var value) ? value : a[1])
        .Add("items(/)", (self, _) => new DictViewValue(self, "items"))
        .Add("keys(/)", (self, _) => new DictViewValue(self, "keys"))
        .Add("values(/)", (self, _) => new DictViewValue(self, "values"))
        .Add("clear(/)", (self, _) => Clear(self))
        .Add("pop(key, default=missing, /)", (self, a) => Pop(self, a[0], a[1]))
        .Add("popitem(/)", (self, _) => PopLast(self))
        .Add("setdefault(key, default=None, /)", (self, a) => SetDefault(self, a[0], a[1]))
        .Add("update(other=None, **values)", (self, a) => Update(self, a[0], (OrderedDictionary<string, object?>)a[1]!));

    public static object Find(DictValue self, string name) => Methods.Find(self, name);

    public static DictValue FromKeys(object? keys, object? value)
    {
        var dict = new DictValue();
        foreach (var key in Iteration.Over(keys))
            dict[key] = value;
        return dict;
    }

    /// <summary>Takes over what <c>dict(source, **named)</c> is given.</summary>
    public static object? Update(DictValue self, object? source, IEnumerable<KeyValuePair<string, object?>> named)
    {
        if (source is DictValue other)
            foreach (var (key, value) in other.Pairs.ToList())
                self[key] = value;
        else if (source is not null)
            AddPairs(self, source);
        foreach (var (key, value) in named)
            self[key] = value;
        return null;
    }

    private static void AddPairs(DictValue self, object? source)
    {
        var count = 0;
        foreach (var pair in Iteration.Over(source))
        {
            var items = Iteration.Find(pair)?.ToList()
                ?? throw PythonError.Type($"cannot convert dictionary update sequence element #{count} to a sequence");
            if (items.Count != 2)
                throw PythonError.Value($"dictionary update sequence element #{count} has length {items.Count}; 2 is required");
            self[items[0]] = items[1];
            count++;
        }
    }

    private static object? Clear(DictValue self)
    {
        self.Clear();
        return null;
    }

    private static object? Pop(DictValue self, object? key, object? otherwise)
    {
        if (self.TryGet(key, out var value))
            self.Remove(key);
        else
            value = otherwise is Missing ? throw new PythonError("KeyError", Representation.Of(key)) : otherwise;
        return value;
    }

    private static TupleValue PopLast(DictValue self)
    {
        if (self.Length == 0)
            throw new PythonError("KeyError", "'popitem(): dictionary is empty'");
        var (key, value) = self.Pairs.Last();
        self.Remove(key);
        return new TupleValue([key, value]);
    }

    private static object? SetDefault(DictValue self, object? key, object? otherwise)
    {
        if (!self.TryGet(key, out var value))
            self[key] = value = otherwise;
        return value;
    }
}
