namespace LlmKick.Kick.Judging;

/// <summary>Questions that are asked one after another.</summary>
/// <param name="Id">The <c>question_id</c>.</param>
/// <param name="Category">The category.</param>
/// <param name="Questions">The questions of the turns.</param>
/// <param name="References">For each turn a reference answer; empty where there is none.</param>
internal sealed record Conversation(string Id, string Category, IReadOnlyList<string> Questions, IReadOnlyList<string> References);
