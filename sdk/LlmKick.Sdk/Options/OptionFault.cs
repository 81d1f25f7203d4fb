namespace LlmKick.Sdk.Options;

/// <summary>A fault of an option's value.</summary>
/// <param name="Key">The recipe key it is about.</param>
/// <param name="Message">What is wrong and what to do.</param>
public readonly record struct OptionFault(string Key, string Message);
