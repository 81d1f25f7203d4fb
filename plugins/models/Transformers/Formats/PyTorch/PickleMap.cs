namespace LlmKick.Transformers.Formats.PyTorch;

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
