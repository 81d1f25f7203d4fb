namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>Something that a pickle asks for by name and that is harmless: <c>collections.OrderedDict</c>.</summary>
internal sealed record PickleName(string Name);
