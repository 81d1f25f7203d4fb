namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>What a variable of a level begins with.</summary>
internal enum LoadKind
{
    /// <summary>What its caller or its loop puts there.</summary>
    Parameter,

    /// <summary>What the template was given under a name.</summary>
    Resolve,

    /// <summary>What a variable further out holds.</summary>
    Alias,

    /// <summary>Nothing.</summary>
    Undefined,
}
