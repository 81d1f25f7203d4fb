namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>A list.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}
