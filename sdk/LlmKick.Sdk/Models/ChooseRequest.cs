namespace LlmKick.Sdk.Models;

/// <summary>Asks how probable each of several continuations of a context is.</summary>
/// <param name="Context">What is read first; at least one token.</param>
/// <param name="Continuations">The continuations; each at least one token.</param>
public sealed record ChooseRequest(Prompt Context, IReadOnlyList<Prompt> Continuations) : Request;
