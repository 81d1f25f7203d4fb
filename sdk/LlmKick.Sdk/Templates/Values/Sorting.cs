
namespace LlmKick.Sdk.Templates.Values;

/// <summary>Python's <c>sorted</c>: stable, asking only for less.</summary>
internal static class Sorting
{
    // Below it Python sorts by insertion too.
    private const int ShortRun = 64;

    public static List<object?> Sort(IEnumerable<object?> items, Func<object?, object?> key, bool reverse)
    {
        var keyed = items.Select(item => (Key: key(item), Item: item)).ToList();
        Evaluation.Text(16L * keyed.Count);
        // Reversed, equal ones still keep their order: they are turned round before and after.
        if (reverse)
            keyed.Reverse();
        var sorted = Merge(keyed, 0, keyed.Count);
        if (reverse)
            sorted.Reverse();
        return [.. sorted.Select(one => one.Item)];
    }

    private static List<(object? Key, object? Item)> Merge(List<(object? Key, object? Item)> items, int from, int to)
    {
        if (to - from < ShortRun)
            return Insert(items.GetRange(from, to - from));
        var middle = (from + to) / 2;
        var (left, right) = (Merge(items, from, middle), Merge(items, middle, to));
        var merged = new List<(object? Key, object? Item)>(to - from);
        var (i, j) = (0, 0);
        while (i < left.Count && j < right.Count)
            merged.Add(Less(right[j], left[i]) ? right[j++] : left[i++]);
        merged.AddRange(left.Skip(i));
        merged.AddRange(right.Skip(j));
        return merged;
    }

    // The run that begins the list, then each of the others where it belongs: Python compares the same ones, so the same comparison fails.
    private static List<(object? Key, object? Item)> Insert(List<(object? Key, object? Item)> items)
    {
        for (var next = FirstRun(items); next < items.Count; next++)
        {
            var (item, low, high) = (items[next], 0, next);
            while (low < high)
                if ((low + high) / 2 is var middle && Less(item, items[middle]))
                    high = middle;
                else
                    low = middle + 1;
            items.RemoveAt(next);
            items.Insert(low, item);
        }
        return items;
    }

    private static int FirstRun(List<(object? Key, object? Item)> items)
    {
        if (items.Count < 2)
            return items.Count;
        var (falls, length) = (Less(items[1], items[0]), 2);
        while (length < items.Count && Less(items[length], items[length - 1]) == falls)
            length++;
        if (falls)
            items.Reverse(0, length);
        return length;
    }

    private static bool Less((object? Key, object? Item) left, (object? Key, object? Item) right) =>
        Comparison.Order(left.Key, right.Key, "<");
}
