using LlmKick.Harness.Definitions;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Harness.Prompts;

/// <summary>Writes a row's question with its examples: as plain text, or as a conversation by the model's template.</summary>
/// <param name="task">The task.</param>
/// <param name="options">The recipe's options.</param>
/// <param name="tokenizer">The model's tokenizer, whose template writes conversations.</param>
internal sealed class PromptWriter(TaskDefinition task, HarnessOptions options, ITokenizer tokenizer)
{
    private readonly Template? template = options.Chat is null ? null : Template.Parse(tokenizer.ChatTemplates.Main
        ?? throw new LlmKickException("chat: the model has no chat template; leave `chat` out, or take a model that has one."));

    private readonly ShotRules rules = task.Shots;

    /// <summary>What stands between a question and its continuations.</summary>
    public string Delimiter(Row row) => options.Chat is null ? task.TargetDelimiter
        : task.Fields.Prefix(row) is { Length: > 0 } prefix && !char.IsWhiteSpace(prefix[^1]) ? task.TargetDelimiter : "";

    /// <summary>What the model reads before a question of the row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="question">The question: the row's text, or one of its contexts.</param>
    /// <param name="shots">The examples.</param>
    public string Write(Row row, string question, IReadOnlyList<Row> shots)
    {
        var system = System(row);
        var prefix = task.Fields.Prefix(row);
        if (template is null)
            return system + string.Concat(shots.Select(Shot)) + question + (prefix is null ? "" : task.TargetDelimiter + prefix);
        var messages = new List<(string Role, string Text)>();
        if (system.Length > 0)
            messages.Add(("system", system));
        if (options.Chat == "multiturn")
            messages.AddRange(shots.SelectMany(shot => new[] { ("user", Question(shot)), ("assistant", Answer(shot)) }));
        messages.Add(("user", (options.Chat == "multiturn" ? "" : string.Concat(shots.Select(Shot))) + question));
        if (prefix is not null)
            messages.Add(("assistant", prefix));
        return Render(messages, prefix is not null);
    }

    /// <summary>The row's own description behind the recipe's system text.</summary>
    private string System(Row row)
    {
        var description = task.Description.Length > 0 ? task.Fields.Render("description", task.Description, row) : "";
        if (options.SystemInstruction is not { Length: > 0 } system || description.Length == 0)
            return options.SystemInstruction + description;
        return system + (char.IsWhiteSpace(system[^1]) || char.IsWhiteSpace(description[0]) ? "" : task.FewshotDelimiter) + description;
    }

    private string Shot(Row shot) => Question(shot) + rules.TargetDelimiter + Answer(shot) + rules.Delimiter;

    /// <summary>An example's question: of several contexts the right one.</summary>
    private string Question(Row shot) => rules.Fields.Text(shot) switch
    {
        long place when rules.Fields.HasChoices => Choice(shot, place),
        var text => PythonText.Str(text),
    };

    /// <summary>An example's answer: of choices the right one, of several the first.</summary>
    private string Answer(Row shot)
    {
        var target = rules.Fields.Target(shot);
        if (target is IReadOnlyList<object?> several)
            target = several.Count > 0 ? several[0] : "";
        var text = target switch
        {
            long place when rules.Fields.HasChoices && rules.Fields.Text(shot) is not long => Choice(shot, place),
            string words => words,
            _ => throw rules.Fields.Fault("doc_to_target",
                $"the answer of an example is {PythonText.Repr(target)}, which is no text; give a "
                + $"text, a column of texts, or choices."),
        };
        return rules.Fields.Prefix(shot) is { } prefix ? $"{prefix} {text}" : text;
    }

    private string Choice(Row shot, long place)
    {
        var choices = rules.Fields.Choices(shot);
        return place >= 0 && place < choices.Count ? choices[(int)place] : throw rules.Fields.Fault("doc_to_target",
            $"{shot.Place} has {choices.Count} choices, and {place} is to be the right one; mend the row.");
    }

    private string Render(List<(string Role, string Text)> messages, bool continues)
    {
        try
        {
            return ChatRendering.Render(template!, new Dictionary<string, object?>
            {
                ["messages"] = messages.ConvertAll(message => new Dictionary<string, object?>
                {
                    ["role"] = message.Role,
                    ["content"] = message.Text,
                }),
                ["add_generation_prompt"] = !continues,
                ["continue_final_message"] = continues,
            }, tokenizer.SpecialTokens).Text;
        }
        catch (TemplateException fault)
        {
            throw new LlmKickException($"chat: the model's template does not write this conversation: {fault.Reason}; leave `chat` out, or "
                + $"leave out what it refuses.", fault);
        }
    }
}
