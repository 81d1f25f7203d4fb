using LlmKick.Sdk;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Who wrote a file.</summary>
internal static class ProducerTag
{
    public static string Name { get; } = $"llmkick:{typeof(LlmKickException).Assembly.GetName().Version?.ToString(2)}";
}
