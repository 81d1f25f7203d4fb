namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A level of a template while it is compiled.</summary>
internal sealed record Level(Symbols Symbols, FunctionScope Function)
{
    /// <summary>Whether what is written here is seen by the template's blocks.</summary>
    public bool IsTop { get; init; }

    /// <summary>Whether this is a branch: an unknown filter is then an error only when it is reached.</summary>
    public bool IsBranch { get; init; }

    /// <summary>Whether a loop of the same function is around.</summary>
    public bool InLoop { get; init; }

    public Level Branch() => this with { IsBranch = true };

    public Level Inner() => new(Symbols.Inner(), Function) { InLoop = InLoop };

    public Level InnerFunction() => new(Symbols.Inner(), new FunctionScope(Function));
}
