using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Python's operators.</summary>
internal static class Arithmetic
{
    // Python has no limit, and a template could ask for 9 ** 9 ** 9.
    private const long MaxBits = 1 << 20;

    public static object? Apply(string sign, object? left, object? right)
    {
        if (sign == "mod" && Types.Text(left) is { } format)
            return PercentFormat.Apply(left, format, right);
        if (Types.IsNumber(left) && Types.IsNumber(right))
            return left is double || right is double ? Floats(sign, Numbers.ToDouble(left), Numbers.ToDouble(right))
                : Integers(sign, Types.Integer(left)!.Value, Types.Integer(right)!.Value);
        if ((left as UndefinedValue ?? right as UndefinedValue) is { } undefined)
            throw undefined.Fault();
        return sign switch
        {
            "add" => Concatenate(left, right),
            "mul" => Repeat(left, right),
            _ => throw Unsupported(sign, left, right),
        };
    }

    public static object? Negate(object? value) => value switch
    {
        double real => -real,
        UndefinedValue undefined => throw undefined.Fault(),
        _ => -(Types.Integer(value) ?? throw PythonError.Type($"bad operand type for unary -: '{Types.Name(value)}'")),
    };

    public static object? Plus(object? value) => value switch
    {
        double => value,
        UndefinedValue undefined => throw undefined.Fault(),
        _ => Types.Integer(value) ?? throw PythonError.Type($"bad operand type for unary +: '{Types.Name(value)}'"),
    };

    private static object Integers(string sign, BigInteger left, BigInteger right)
    {
        if (sign is "div" or "floordiv" or "mod" && right.IsZero)
            throw PythonError.ZeroDivision(sign switch { "div" => "division by zero", "floordiv" => "integer division or modulo by zero",
                _ => "integer modulo by zero" });
        return sign switch
        {
            "add" => left + right,
            "sub" => left - right,
            "mul" => Checked(left.GetBitLength() + right.GetBitLength()) ? left * right : 0,
            "div" => Numbers.Divide(left, right, "integer division result too large for a float"),
            "floordiv" => FloorDivide(left, right),
            "mod" => left - (FloorDivide(left, right) * right),
            _ => Power(left, right),
        };
    }

    private static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var rest);
        return !rest.IsZero && rest.Sign != right.Sign ? quotient - 1 : quotient;
    }

    private static object Power(BigInteger left, BigInteger right)
    {
        if (right.Sign < 0)
            return Floats("pow", Numbers.ToDouble(left), Numbers.ToDouble(right));
        if (left.IsZero || BigInteger.Abs(left).IsOne)
            return right.IsZero || left.IsOne ? BigInteger.One : left.IsZero ? left : right.IsEven ? BigInteger.One : left;
        return right <= MaxBits && Checked(left.GetBitLength() * (long)right) ? BigInteger.Pow(left, (int)right) : throw TooLarge();
    }

    private static bool Checked(long bits)
    {
        Evaluation.Text(bits >> 4);
        return bits <= MaxBits ? true : throw TooLarge();
    }

    private static PythonError TooLarge() => new("MemoryError", $"The template computes an integer of more than {MaxBits} bits.");

    private static object Floats(string sign, double left, double right)
    {
        if (sign is "div" or "floordiv" or "mod" && right == 0)
            throw PythonError.ZeroDivision(
                sign switch { "div" => "float division by zero", "floordiv" => "float floor division by zero", _ => "float modulo" });
        return sign switch
        {
            "add" => left + right,
            "sub" => left - right,
            "mul" => left * right,
            "div" => left / right,
            "floordiv" => DivMod(left, right).Quotient,
            "mod" => DivMod(left, right).Remainder,
            _ => Power(left, right),
        };
    }

    private static (double Quotient, double Remainder) DivMod(double left, double right)
    {
        var rest = left % right;
        var quotient = (left - rest) / right;
        if (rest == 0)
            rest = Math.CopySign(0, right);
        else if (rest < 0 != right < 0)
            (rest, quotient) = (rest + right, quotient - 1);
        if (quotient == 0)
            return (Math.CopySign(0, left / right), rest);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, rest);
    }

    private static double Power(double left, double right)
    {
        if (left == 0 && right < 0)
            throw PythonError.ZeroDivision("0.0 cannot be raised to a negative power");
        if (left < 0 && double.IsFinite(left) && double.IsFinite(right) && !double.IsInteger(right))
            throw PythonError.Value("Complex numbers are not supported in templates.");
        var power = Math.Pow(left, right);
        return double.IsInfinity(power) && double.IsFinite(left)
            && double.IsFinite(right) ? throw PythonError.Overflow("(34, 'Numerical result out of range')") : power;
    }

    private static object Concatenate(object? left, object? right)
    {
        if (Types.Text(left) is { } text && Types.Text(right) is { } second)
            return left is MarkupValue || right is MarkupValue ? Markup(left, right) : Joined(text, second);
        if (left is MarkupValue or string)
            throw PythonError.Type($"can only concatenate str (not \"{Types.Name(right)}\") to str");
        if (left is not SequenceValue first)
            throw Unsupported("add", left, right);
        if (right is not SequenceValue other || other.TypeName != first.TypeName)
            throw PythonError.Type($"can only concatenate {first.TypeName} (not \"{Types.Name(right)}\") to {first.TypeName}");
        return first.Create([.. first.Values, .. other.Values]);
    }

    private static MarkupValue Markup(object? left, object? right) =>
        new(Joined(MarkupValue.Escape(left).Text, MarkupValue.Escape(right).Text));

    private static string Joined(string left, string right)
    {
        Evaluation.Text(left.Length + right.Length);
        return left + right;
    }

    private static object Repeat(object? left, object? right)
    {
        var (value, count) = IsSequence(left) ? (left, right) : (right, left);
        if (!IsSequence(value))
            throw Unsupported("mul", left, right);
        if (Types.Integer(count) is not { } times)
            throw PythonError.Type($"can't multiply sequence by non-int of type '{Types.Name(count)}'");
        var length = times.Sign <= 0 ? 0 : (long)BigInteger.Min(times, int.MaxValue);
        if (Types.Text(value) is not { } text)
            return Repeat((SequenceValue)value!, length);
        Evaluation.Text(text.Length * length);
        var repeated = text.Length == 0 ? "" : new System.Text.StringBuilder().Insert(0, text, (int)length).ToString();
        return value is MarkupValue ? new MarkupValue(repeated) : repeated;
    }

    private static SequenceValue Repeat(SequenceValue sequence, long times)
    {
        Evaluation.Text(8 * sequence.Values.Count * times);
        return sequence.Create(sequence.Values.Count == 0 ? []
            : [.. Enumerable.Repeat(sequence.Values, (int)times).SelectMany(all => all)]);
    }

    private static bool IsSequence(object? value) => value is string or MarkupValue or SequenceValue;

    private static PythonError Unsupported(string sign, object? left, object? right) =>
        PythonError.Type($"unsupported operand type(s) for {Sign(sign)}: '{Types.Name(left)}' and '{Types.Name(right)}'");

    private static string Sign(string name) => name switch
    {
        "add" => "+",
        "sub" => "-",
        "mul" => "*",
        "div" => "/",
        "floordiv" => "//",
        "mod" => "%",
        _ => "** or pow()",
    };
}
