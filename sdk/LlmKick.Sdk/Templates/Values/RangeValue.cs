using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A range of integers.</summary>
internal sealed class RangeValue(BigInteger start, BigInteger stop, BigInteger step) : Value
{
    private readonly int count = (int)Count(start, stop, step);

    public override string TypeName => "range";

    public override int? Length => count;

    public override IEnumerable<object?> Items => Enumerable.Range(0, count).Select(i => (object?)At(i));

    public BigInteger At(int index) => start + (index * step);

    public static BigInteger Count(BigInteger start, BigInteger stop, BigInteger step)
    {
        var way = step.Sign > 0 ? stop - start : start - stop;
        return way.Sign <= 0 ? 0 : (way - 1) / BigInteger.Abs(step) + 1;
    }

    public override object? Item(object? key) => Slicing.Index(key, count) is { } index ? At(index) : Missing.Value;

    public RangeValue Slice(int from, int to, int by) => new(At(from), At(to), step * by);

    public override object? Attribute(string name) => name switch
    {
        "start" => start,
        "stop" => stop,
        "step" => step,
        _ => ListMethods.Find(this, name),
    };

    public override bool Equals(Value other) => other is RangeValue range && Items.SequenceEqual(range.Items);

    public override int Hash() => count;

    public override void Represent(StringBuilder text) =>
        text.Append(CultureInfo.InvariantCulture, $"range({start}, {stop}")
            .Append(step.IsOne ? ")" : string.Create(CultureInfo.InvariantCulture, $", {step})"));
}
