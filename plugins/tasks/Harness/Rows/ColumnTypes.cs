namespace LlmKick.Harness.Rows;

/// <summary>Makes rows of JSON alike, as tables of typed columns are: what one row has, the others lack as null, and whole numbers beside
/// others are no whole ones.</summary>
internal static class ColumnTypes
{
    /// <summary>The rows with the same columns in the same order.</summary>
    public static List<OrderedDictionary<string, object?>> Align(IReadOnlyList<OrderedDictionary<string, object?>> rows)
    {
        var shape = new Shape();
        foreach (var row in rows)
            shape.See(row);
        return [.. rows.Select(row => (OrderedDictionary<string, object?>)shape.Fit(row)!)];
    }

    private sealed class Shape
    {
        private readonly OrderedDictionary<string, Shape> fields = [];
        private Shape? items;
        private bool hasFloats;

        public void See(object? value)
        {
            switch (value)
            {
                case double:
                    hasFloats = true;
                    break;
                case OrderedDictionary<string, object?> map:
                    foreach (var (key, inner) in map)
                    {
                        if (!fields.TryGetValue(key, out var shape))
                            fields[key] = shape = new Shape();
                        shape.See(inner);
                    }
                    break;
                case List<object?> list:
                    items ??= new Shape();
                    foreach (var item in list)
                        items.See(item);
                    break;
            }
        }

        public object? Fit(object? value) => value switch
        {
            long whole when hasFloats => (double)whole,
            OrderedDictionary<string, object?> map => new OrderedDictionary<string, object?>(
                fields.Select(field => KeyValuePair.Create(field.Key, field.Value.Fit(map.GetValueOrDefault(field.Key))))),
            List<object?> list => list.ConvertAll(items!.Fit),
            _ => value,
        };
    }
}
