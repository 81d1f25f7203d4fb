using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Sdk.Chat;

/// <summary>What a template takes, found out by having it write: system messages or none, texts or lists of parts.</summary>
/// <param name="HasParts">Whether contents are lists of parts.</param>
/// <param name="PutsSystemIntoQuestion">Whether the system message goes in front of the first question.</param>
internal sealed record ChatManners(bool HasParts, bool PutsSystemIntoQuestion)
{
    private const string System = "Mark1system";
    private const string Question = "Mark2question";
    private const string Answer = "Mark3answer";
    private static readonly ChatMessage Asked = new("user", Question);

    /// <summary>Finds out.</summary>
    /// <param name="render">Renders messages, and opens an answer where asked to.</param>
    /// <exception cref="LlmKickException">Questions do not come out.</exception>
    public static ChatManners Of(Func<IReadOnlyList<object>, bool, string> render)
    {
        var texts = new ChatManners(false, false);
        var manners = Keeps(render, texts, Question, Asked) ? texts : texts with { HasParts = true };
        if (manners.HasParts && !Keeps(render, manners, Question, Asked))
            throw Failure(render, texts);
        return manners with { PutsSystemIntoQuestion = !Keeps(render, manners, System, new ChatMessage("system", System), Asked) };
    }

    /// <summary>The messages as the template takes them.</summary>
    public IReadOnlyList<object> Apply(IReadOnlyList<ChatMessage> messages) =>
        [.. (PutsSystemIntoQuestion ? Joined(messages) : messages).Select(message => (object)new Dictionary<string, object?>
    {
        ["role"] = message.Role,
        ["content"] = HasParts ? new object[] { new Dictionary<string, object?> { ["type"] = "text", ["text"] = message.Content } }
            : message.Content,
    })];

    /// <summary>What is written between an answer and the next question; empty where that cannot be found out.</summary>
    public string BetweenTurns(Func<IReadOnlyList<object>, bool, string> render)
    {
        try
        {
            var text = render(Apply([new ChatMessage("user", "Mark0first"), new ChatMessage("assistant", Answer), Asked]), false);
            var (from, to) = (text.IndexOf(Answer, StringComparison.Ordinal), text.LastIndexOf(Question, StringComparison.Ordinal));
            return from >= 0 && to >= from + Answer.Length ? text[(from + Answer.Length)..to] : "";
        }
        catch (TemplateException)
        {
            return "";
        }
    }

    private static bool Keeps(Func<IReadOnlyList<object>, bool, string> render, ChatManners manners, string mark,
        params IReadOnlyList<ChatMessage> messages)
    {
        try
        {
            return render(manners.Apply(messages), true).Contains(mark, StringComparison.Ordinal);
        }
        catch (TemplateException)
        {
            return false;
        }
    }

    private static LlmKickException Failure(Func<IReadOnlyList<object>, bool, string> render, ChatManners manners)
    {
        try
        {
            _ = render(manners.Apply([Asked]), true);
            return new LlmKickException("It does not write the question.");
        }
        catch (TemplateException failure)
        {
            return failure;
        }
    }

    private static IReadOnlyList<ChatMessage> Joined(IReadOnlyList<ChatMessage> messages) =>
        messages is [{ Role: "system" } system, { } first, ..]
            ? [first with { Content = $"{system.Content}\n\n{first.Content}" }, .. messages.Skip(2)]
            : messages;
}
