using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>The methods of lists, tuples and ranges.</summary>
internal static class ListMethods
{
    private static readonly MethodTable<Value> Shared = new MethodTable<Value>("list")
        .Add("count(value, /)", (self, a) => new BigInteger(self.Items!.Count(item => Same(item, a[0]))))
        .Add("index(value, start=0, stop=9223372036854775807, /)",
            (self, a) => Index(self, a[0], Types.SmallIndex(a[1]), Types.SmallIndex(a[2])));

    private static readonly MethodTable<ListValue> Lists = new MethodTable<ListValue>("list")
        .Add("copy(/)", (self, _) => new ListValue([.. self.Values]))
        .Add("append(object, /)", (self, a) => Change(self, list => list.Add(a[0])))
        .Add("extend(iterable, /)", (self, a) => Change(self, list => list.AddRange(Iteration.ToList(a[0]))))
        .Add("insert(index, object, /)", (self, a) => Change(self, list => list.Insert(Place(list, a[0]), a[1])))
        .Add("pop(index=-1, /)", (self, a) => Pop(self, a[0]))
        .Add("remove(value, /)", (self, a) => Change(self, list => Remove(list, a[0])))
        .Add("reverse(/)", (self, _) => Change(self, list => list.Reverse()))
        .Add("clear(/)", (self, _) => Change(self, list => list.Clear()))
        .Add("sort(reverse=False)", (self, a) => Sort(self, Types.IsTrue(a[0])));

    public static object Find(Value self, string name) => self is ListValue list && Lists.Has(name) ? Lists.Find(list, name)
        : Shared.Find(self, name);

    private static bool Same(object? left, object? right)
    {
        Evaluation.Step();
        return Comparison.AreEqual(left, right);
    }

    private static object Index(Value self, object? value, int start, int stop)
    {
        var count = self.Length!.Value;
        var (from, to) = (start < 0 ? Math.Max(0, start + count) : start, stop < 0 ? stop + count : stop);
        var at = 0;
        foreach (var item in self.Items!)
        {
            if (at >= from && at < to && Same(item, value))
                return new BigInteger(at);
            at++;
        }
        throw PythonError.Value(self is TupleValue ? "tuple.index(x): x not in tuple"
            : $"{Representation.Of(value)} is not in {self.TypeName}");
    }

    private static object? Change(ListValue self, Action<List<object?>> change)
    {
        Evaluation.Text(8);
        change(self.Mutable);
        return null;
    }

    private static int Place(List<object?> list, object? index) =>
        Types.SmallIndex(index) is var at && at < 0 ? Math.Max(0, at + list.Count) : Math.Min(at, list.Count);

    private static object? Pop(ListValue self, object? index)
    {
        var at = Slicing.Index(Types.Index(index), self.Values.Count)
            ?? throw new PythonError("IndexError", self.Values.Count == 0 ? "pop from empty list" : "pop index out of range");
        var value = self.Values[at];
        self.Mutable.RemoveAt(at);
        return value;
    }

    private static void Remove(List<object?> list, object? value)
    {
        var at = list.FindIndex(item => Same(item, value));
        if (at < 0)
            throw PythonError.Value("list.remove(x): x not in list");
        list.RemoveAt(at);
    }

    private static object? Sort(ListValue self, bool reverse)
    {
        var sorted = Sorting.Sort(self.Values, item => item, reverse);
        self.Mutable.Clear();
        self.Mutable.AddRange(sorted);
        return null;
    }
}
