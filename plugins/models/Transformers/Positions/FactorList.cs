namespace LlmKick.Transformers.Positions;

/// <summary>Numbers that are equal where each of them is.</summary>
internal sealed class FactorList(IReadOnlyList<float> values) : IEquatable<FactorList>
{
    public int Count => values.Count;

    public float[] ToArray() => [.. values];

    public bool Equals(FactorList? other) => other is not null && values.SequenceEqual(other.ToArray());

    public override bool Equals(object? obj) => Equals(obj as FactorList);

    public override int GetHashCode() =>
        HashCode.Combine(values.Count, values.Count > 0 ? values[0] : 0, values.Count > 0 ? values[^1] : 0);
}
