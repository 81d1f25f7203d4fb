namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>Something that a pickle asks for by name and that is harmless: <c>collections.OrderedDict</c>.</summary>
internal sealed record PickleName(string Name);

/// <summary>A list.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A dictionary; entries whose keys are no texts are dropped.</summary>
internal sealed class PickleMap
{
    private readonly Dictionary<string, object?> _items = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object?> Items => _items;

    public void Set(object? key, object? value)
    {
        if (key is string text)
            _items[text] = value;
    }
}
