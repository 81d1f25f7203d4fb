namespace LlmKick.Kick.Chat;

/// <summary>How one family of models writes conversations.</summary>
/// <param name="Form">The family.</param>
/// <param name="Marker">A special token by which its tokenizers are known, or null.</param>
/// <param name="System">What stands before the first question; {0} is the system message. Left out where the message is empty.</param>
/// <param name="Question">A question and the opening of its answer; {0} is the question.</param>
/// <param name="Answer">An answer that is followed by another question; {0} is the answer.</param>
/// <param name="Stop">Texts that end an answer, for models that go on with the other's part.</param>
internal sealed record ChatTemplate(ChatForm Form, string? Marker, string System, string Question, string Answer, IReadOnlyList<string> Stop);
