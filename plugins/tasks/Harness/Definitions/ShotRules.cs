namespace LlmKick.Harness.Definitions;

/// <summary>How worked examples are chosen and written.</summary>
/// <param name="Count">How many.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="TakesFirst">Whether the first rows are taken rather than drawn ones.</param>
/// <param name="Split">The split they are of, or null: whichever there is.</param>
/// <param name="Indices">Places in the split that alone are drawn from, or null.</param>
/// <param name="Samples">Rows that the file itself gives, or null.</param>
/// <param name="Fields">What the examples' texts are made of.</param>
/// <param name="TargetDelimiter">What stands before an answer.</param>
/// <param name="Delimiter">What stands behind an example.</param>
internal sealed record ShotRules(int Count, int Seed, bool TakesFirst, string? Split, IReadOnlyList<int>? Indices,
    IReadOnlyList<OrderedDictionary<string, object?>>? Samples, DocFields Fields, string TargetDelimiter, string Delimiter);
