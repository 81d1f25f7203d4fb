using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity.Divergence;

/// <summary>A prompt that the dense model answers.</summary>
/// <param name="Id">The row's line.</param>
/// <param name="Prompt">The prompt.</param>
internal sealed record PromptSample(string Id, Prompt Prompt) : Sample(Id);
