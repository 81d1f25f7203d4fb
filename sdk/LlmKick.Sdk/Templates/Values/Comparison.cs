using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Python's comparisons.</summary>
internal static class Comparison
{
    public static bool AreEqual(object? left, object? right)
    {
        if (left is UndefinedValue || right is UndefinedValue)
            return left is UndefinedValue undefined
                && (right is not UndefinedValue { Kind: UndefinedKind.Strict } || undefined.Kind == UndefinedKind.Strict)
                ? undefined.Equals(right as Value ?? Missing.Value)
                : right is UndefinedValue other && other.Equals(Missing.Value);
        if (Types.IsNumber(left) && Types.IsNumber(right))
            return Numbers.Compare(left!, right!) == 0;
        if (Types.Text(left) is { } text)
            return Types.Text(right) is { } second && string.Equals(text, second, StringComparison.Ordinal);
        return left is Value value ? right is Value another && value.Equals(another) : left is null && right is null;
    }

    public static int Hash(object? value) => value switch
    {
        null => 0,
        bool flag => new BigInteger(flag ? 1 : 0).GetHashCode(),
        BigInteger number => number.GetHashCode(),
        double number => double.IsInteger(number) ? new BigInteger(number).GetHashCode() : number.GetHashCode(),
        string text => string.GetHashCode(text, StringComparison.Ordinal),
        Value other => other.Hash(),
        _ => 0,
    };

    /// <summary>Whether two values stand in the order that a sign such as <c>&lt;</c> names.</summary>
    public static bool Order(object? left, object? right, string sign)
    {
        Evaluation.Step();
        if (Types.IsNumber(left) && Types.IsNumber(right))
            return Holds(Numbers.Compare(left!, right!), sign);
        if (Types.Text(left) is { } text && Types.Text(right) is { } second)
            return Holds(CodePoints.Compare(text, second), sign);
        if (left is SequenceValue first && right is SequenceValue other && first.TypeName == other.TypeName)
            return Order(first, other, sign);
        if ((left as UndefinedValue ?? right as UndefinedValue) is { } undefined)
            throw undefined.Fault();
        throw PythonError.Type($"'{sign}' not supported between instances of '{Types.Name(left)}' and '{Types.Name(right)}'");
    }

    private static bool Order(SequenceValue left, SequenceValue right, string sign)
    {
        Evaluation.Enter();
        var shared = Math.Min(left.Values.Count, right.Values.Count);
        var at = 0;
        while (at < shared && AreEqual(left.Values[at], right.Values[at]))
            at++;
        Evaluation.Step(at);
        var result = at < shared ? Order(left.Values[at], right.Values[at], sign)
            : Holds(left.Values.Count.CompareTo(right.Values.Count), sign);
        Evaluation.Leave();
        return result;
    }

    private static bool Holds(int? order, string sign) => order is { } result && sign switch
    {
        "<" => result < 0,
        "<=" => result <= 0,
        ">" => result > 0,
        _ => result >= 0,
    };

    public static bool Contains(object? container, object? item)
    {
        if (Types.Text(container) is { } text)
            return Types.Text(item) is { } part ? Scan(text).Contains(part, StringComparison.Ordinal)
                : throw PythonError.Type($"'in <string>' requires string as left operand, not {Types.Name(item)}");
        if (container is DictValue dict)
            return dict.Contains(item);
        if (container is not Value { Items: { } items })
            throw PythonError.Type($"argument of type '{Types.Name(container)}' is not iterable");
        foreach (var one in items)
        {
            Evaluation.Step();
            if (AreEqual(one, item))
                return true;
        }
        return false;
    }

    private static string Scan(string text)
    {
        Evaluation.Step(text.Length >> 5);
        return text;
    }

    /// <summary>Whether two are the same object: Python keeps one of each small integer and of most short texts.</summary>
    public static bool AreSame(object? left, object? right) => left is null || right is null ? left == right
        : left.GetType() == right.GetType() && (left is Value ? ReferenceEquals(left, right) : left.Equals(right));
}
