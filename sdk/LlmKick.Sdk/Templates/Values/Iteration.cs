
namespace LlmKick.Sdk.Templates.Values;

/// <summary>Going over what a value holds.</summary>
internal static class Iteration
{
    /// <summary>The items of a value; null where it has none to go over.</summary>
    public static IEnumerable<object?>? Find(object? value) => Types.Text(value) is { } text ? CodePoints.All(text)
        : (value as Value)?.Items;

    public static IEnumerable<object?> Over(object? value) => Find(value)
        ?? throw PythonError.Type($"'{Types.Name(value)}' object is not iterable");

    public static List<object?> ToList(object? value)
    {
        var list = new List<object?>();
        foreach (var item in Over(value))
        {
            Evaluation.Text(8);
            list.Add(item);
        }
        return list;
    }

    public static int Length(object? value) => FindLength(value)
        ?? throw PythonError.Type($"object of type '{Types.Name(value)}' has no len()");

    public static int? FindLength(object? value) => value is string text ? CodePoints.Count(text) : (value as Value)?.Length;

    /// <summary>The values for so many targets.</summary>
    public static List<object?> Unpack(object? value, int count)
    {
        var items = Find(value) ?? throw PythonError.Type($"cannot unpack non-iterable {Types.Name(value)} object");
        var list = new List<object?>(count);
        foreach (var item in items)
            if (list.Count == count)
                throw PythonError.Value($"too many values to unpack (expected {count})");
            else
                list.Add(item);
        return list.Count == count ? list : throw PythonError.Value($"not enough values to unpack (expected {count}, got {list.Count})");
    }
}
