using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity;

/// <summary>A window of the text.</summary>
/// <param name="Id">Its place in the text, from 0.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="ScoreFrom">The first token that no window before it scored.</param>
internal sealed record WindowSample(string Id, IReadOnlyList<int> Tokens, int ScoreFrom) : Sample(Id);
