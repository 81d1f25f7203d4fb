using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Mmlu;

/// <summary>Writes prompts to the letter as the released code does.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="contextLength">Tokens in the model's longest sequence.</param>
/// <param name="chat">The conversation that the prompt is put into, or null.</param>
internal sealed class MmluPrompt(ITokenizer tokenizer, int contextLength, ChatWriter? chat = null)
{
    /// <summary>The released code drops examples from prompts longer than this, whatever the model could read.</summary>
    private const int MostTokens = 2048;

    /// <summary>What stands between the prompt and what follows it.</summary>
    private readonly string space = Space(chat);

    /// <summary>What may follow the prompt: a space, unless the conversation's opening ends with one, and a letter.</summary>
    public IReadOnlyList<Prompt> Letters => letters ??= [.. MmluQuestion.Letters.Select(letter => Prompt.Of(space + letter, tokenizer))];

    private IReadOnlyList<Prompt>? letters;

    /// <summary>The answers themselves, after the same space.</summary>
    public IReadOnlyList<Prompt> Texts(MmluQuestion question) =>
        [.. question.Choices.Select(choice => Prompt.Of(space + choice, tokenizer))];

    /// <summary>Writes the prompt of a question with as many of the examples as fit.</summary>
    /// <param name="subject">The subject, named as its file is.</param>
    /// <param name="examples">The examples wanted.</param>
    /// <param name="question">The question.</param>
    /// <param name="texts">What else may follow the prompt than the letters.</param>
    public (Prompt Prompt, int Shots) Write(string subject, IReadOnlyList<MmluQuestion> examples, MmluQuestion question,
        IReadOnlyList<Prompt> texts)
    {
        var most = Math.Min(MostTokens, contextLength - Letters.Concat(texts).Max(continuation => continuation.Tokens.Count) + 1);
        for (var shots = examples.Count; shots >= 0; shots--)
        {
            var plain = Text(subject, examples.Take(shots), question);
            var prompt = chat?.Ask(new ChatMessage("user", plain)) ?? Prompt.Opening(plain, tokenizer);
            if (prompt.Tokens.Count <= most)
                return (prompt, shots);
        }
        throw new LlmKickException(string.Create(CultureInfo.InvariantCulture,
            $"mmlu: a question of {subject} is longer than the {most} tokens that fit even without examples; leave the subject out with "
                + $"`subjects`."));
    }

    private static string Space(ChatWriter? chat)
    {
        if (chat is null)
            return " ";
        var opening = chat.Write([new ChatMessage("user", "?")]);
        if (Reasoning.IsOpenedBy(opening))
            throw new LlmKickException("mmlu: the chat template opens answers with reasoning, where no letter can follow: turn it off, as "
                + "by `chat: { variables: { enable_thinking: false } }`, or leave `chat` out.");
        return char.IsWhiteSpace(opening[^1]) ? "" : " ";
    }

    // Each word of the subject has a space before it, so two spaces follow "about".
    private static string Text(string subject, IEnumerable<MmluQuestion> examples, MmluQuestion question) =>
        $"The following are multiple choice questions (with answers) about  {subject.Replace('_', ' ')}.\n\n"
            + string.Concat(examples.Select(example => $"{Asked(example)} {example.Letter}\n\n")) + Asked(question);

    private static string Asked(MmluQuestion question) =>
        question.Text + string.Concat(MmluQuestion.Letters.Zip(question.Choices, (letter, choice) => $"\n{letter}. {choice}"))
            + "\nAnswer:";
}
