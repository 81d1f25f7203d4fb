namespace LlmKick.Sdk.Templates.Values;

/// <summary>What a call is given.</summary>
internal sealed class CallArguments(IReadOnlyList<object?> positional, OrderedDictionary<string, object?>? named = null)
{
    public static CallArguments None { get; } = new([]);

    public IReadOnlyList<object?> Positional => positional;

    public OrderedDictionary<string, object?> Named { get; } = named ?? [];

    public CallArguments Prepend(object? first) => new([first, .. positional], Named);
}

/// <summary>A parameter of a function.</summary>
internal sealed record Parameter(string Name, bool IsOptional, object? Default);
