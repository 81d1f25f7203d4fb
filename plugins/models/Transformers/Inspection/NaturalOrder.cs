namespace LlmKick.Transformers.Inspection;

/// <summary>Block 2 before block 10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    private static readonly StringComparer Order =
        StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering);

    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => Order.Compare(x, y);
}
