namespace LlmKick.Sdk.Templates;

/// <summary>A filter of the caller's: <c>{{ value|name(arguments) }}</c>.</summary>
/// <param name="value">The value: null, bool, <see cref="System.Numerics.BigInteger"/>, double, string, or a list or dictionary of
/// these.</param>
/// <param name="arguments">The arguments by position.</param>
/// <param name="named">The arguments by name.</param>
/// <returns>Such a value.</returns>
public delegate object? TemplateFilter(object? value, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named);
