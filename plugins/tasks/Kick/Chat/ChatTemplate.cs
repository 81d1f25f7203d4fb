namespace LlmKick.Kick.Chat;

/// <summary>How one family of models writes conversations.</summary>
/// <param name="Form">The family.</param>
/// <param name="Signs">What stands in every Jinja template of the family.</param>
/// <param name="System">What stands before the first question; {0} is the system message. Left out where there is none.</param>
/// <param name="Question">A question and the opening of its answer; {0} is the question.</param>
/// <param name="Answer">An answer that is followed by another question; {0} is the answer.</param>
/// <param name="Stop">Texts that end an answer, for models that go on with the other's part.</param>
internal sealed record ChatTemplate(ChatForm Form, IReadOnlyList<string> Signs, string System, string Question, string Answer, IReadOnlyList<string> Stop)
{
    /// <summary>A special token by which its tokenizers are known where there is no template, or null.</summary>
    public string? Marker { get; init; }

    /// <summary>Whether the system message is part of the first question.</summary>
    public bool IsSystemInQuestion { get; init; }

    /// <summary>The system message where none is given; null for none at all.</summary>
    public string? DefaultSystem { get; init; }
}
