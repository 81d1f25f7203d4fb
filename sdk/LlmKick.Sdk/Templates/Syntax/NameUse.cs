namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>What a name stands there for.</summary>
internal enum NameUse
{
    Load,
    Store,
    Parameter,
}
