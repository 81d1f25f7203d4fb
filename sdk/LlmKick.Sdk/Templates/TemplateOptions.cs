namespace LlmKick.Sdk.Templates;

/// <summary>The environment that a template is written for. What is not set is as chat templates expect it.</summary>
public sealed record TemplateOptions
{
    /// <summary>What chat templates are rendered with.</summary>
    public static TemplateOptions Chat { get; } = new();

    /// <summary>Jinja2's own defaults: nothing is trimmed, no tag is added, and lists can be changed.</summary>
    public static TemplateOptions Plain { get; } = new() { TrimBlocks = false, StripBlocks = false, GenerationTag = false,
        LoopControls = false, ChatFunctions = false, Sandbox = SandboxKind.None };

    /// <summary>How a value behaves that is not there.</summary>
    public UndefinedKind Undefined { get; init; } = UndefinedKind.Default;

    /// <summary>What a template may reach.</summary>
    public SandboxKind Sandbox { get; init; } = SandboxKind.Immutable;

    /// <summary>Whether the first newline after a block is left out (<c>trim_blocks</c>).</summary>
    public bool TrimBlocks { get; init; } = true;

    /// <summary>Whether blanks before a block that begins a line are left out (<c>lstrip_blocks</c>).</summary>
    public bool StripBlocks { get; init; } = true;

    /// <summary>Whether the newline that ends the file is kept (<c>keep_trailing_newline</c>).</summary>
    public bool KeepTrailingNewline { get; init; }

    /// <summary>Whether texts are escaped as HTML where a template does not say otherwise.</summary>
    public bool Autoescape { get; init; }

    /// <summary>Whether there is the tag <c>generation</c>, which marks what the model wrote.</summary>
    public bool GenerationTag { get; init; } = true;

    /// <summary>Whether there are the tags <c>break</c> and <c>continue</c>.</summary>
    public bool LoopControls { get; init; } = true;

    /// <summary>Whether <c>tojson</c>, <c>namespace</c>, <c>dict</c>, <c>raise_exception</c> and <c>strftime_now</c> are those of chat
    /// templates; otherwise they are Jinja2's own, the last two missing.</summary>
    public bool ChatFunctions { get; init; } = true;

    /// <summary>The local time that <c>strftime_now</c> sees; null for the clock's.</summary>
    public DateTime? Now { get; init; }

    /// <summary>Most statements, iterations and calls of one rendering.</summary>
    public long MaxSteps { get; init; } = 20_000_000;

    /// <summary>Most characters that one rendering may make, on the way and put out together.</summary>
    public long MaxText { get; init; } = 128_000_000;

    /// <summary>Deepest nesting of calls, and of expressions.</summary>
    public int MaxDepth { get; init; } = 200;

    /// <summary>Filters beside Jinja2's own, by name: given the value and the arguments, they return the result.</summary>
    public IReadOnlyDictionary<string, TemplateFilter> Filters { get; init; } = new Dictionary<string, TemplateFilter>();
}
