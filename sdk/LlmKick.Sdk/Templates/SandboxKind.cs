namespace LlmKick.Sdk.Templates;

/// <summary>What a template may reach, after Jinja2's environments.</summary>
public enum SandboxKind
{
    /// <summary>Lists and dictionaries can be changed (<c>Environment</c>).</summary>
    None,

    /// <summary>Names that begin with an underscore are out of reach (<c>SandboxedEnvironment</c>).</summary>
    Sandboxed,

    /// <summary>Nor can lists and dictionaries be changed (<c>ImmutableSandboxedEnvironment</c>).</summary>
    Immutable,
}
