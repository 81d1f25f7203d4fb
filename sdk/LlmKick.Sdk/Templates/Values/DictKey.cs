namespace LlmKick.Sdk.Templates.Values;

/// <summary>A key of a dictionary: 1, 1.0 and true are the same one.</summary>
internal readonly struct DictKey(object? value) : IEquatable<DictKey>
{
    public object? Value => value;

    public bool Equals(DictKey other) => Comparison.AreEqual(Value, other.Value);

    public override bool Equals(object? obj) => obj is DictKey other && Equals(other);

    public override int GetHashCode() => Comparison.Hash(Value);
}
