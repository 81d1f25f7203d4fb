using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Options;

namespace LlmKick.Sdk.Chat;

/// <summary>How a recipe wants conversations written: <c>chat: NAME</c>, or <c>chat: { template: FILE, variables: { enable_thinking: false
/// } }</c>.</summary>
public sealed record ChatOptions : IValidatedOptions
{
    /// <summary>The name that stands for the model's own template.</summary>
    public const string Auto = "auto";

    private static readonly string[] Reserved = ["messages", "tools", "documents", "add_generation_prompt"];
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The template: <see cref="Auto"/>, a name of one of the model's own, a name of one in <see cref="NamedTemplates"/>, or an
    /// absolute path.</summary>
    [Option("The template: `auto` for the model's own (where it has none, one by its special tokens, or `plain`), the name of another "
        + "of its own, `plain`, `vicuna`, `chatml`, `llama2`, `llama3` or `gemma`; or a Jinja file.",
        IsPath = true, PathKind = PathKind.File, OrName = true, StandsAlone = true)]
    public string Template { get; init; } = Auto;

    /// <summary>Variables that the template reads beside the conversation; null for none.</summary>
    [Option("What else the template reads, such as { enable_thinking: false }.")]
    public JsonObject? Variables { get; init; }

    /// <summary>The date that templates see as today's: as a prompt must not depend on the day of a run, it is a fixed one.</summary>
    [Option("The date, or date and time, that the template takes for now, such as 2026-03-05.")]
    public string Now { get; init; } = "2024-07-26";

    /// <summary><see cref="Now"/> as a time.</summary>
    public DateTime Clock => DateTime.ParseExact(Now, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Array.Find(Reserved, name => Variables?.ContainsKey(name) == true) is { } name)
            yield return new OptionFault("variables", $"'{name}' is what the task itself writes: leave it out");
        if (!DateTime.TryParseExact(Now, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return new OptionFault("now", $"'{Now}' is no date: write one such as 2026-03-05 or 2026-03-05T14:07:09");
    }
}
