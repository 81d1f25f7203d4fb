namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>A part of a pattern: a set of characters of which one is meant, or syntax that goes over as it is.</summary>
internal readonly record struct PatternPart(CodePointSet? Set, string Syntax = "");
