namespace LlmKick.Sdk.Templates;

/// <summary>How a value behaves that is not there, after Jinja2's classes.</summary>
public enum UndefinedKind
{
    /// <summary>Prints as nothing and is false and empty; anything else fails.</summary>
    Default,

    /// <summary>Fails on any use but a test whether it is defined.</summary>
    Strict,

    /// <summary>As the default, and its attributes are undefined too.</summary>
    Chainable,

    /// <summary>As the default, and prints its own expression.</summary>
    Debug,
}
