using System.Numerics;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>The tests.</summary>
internal static class Tests
{
    private static readonly Dictionary<string, Filter> All = new(Signs().Concat(Kinds()).Concat(Others()));

    /// <summary>A test by its name; null where there is none.</summary>
    public static Filter? Find(string name) => All.GetValueOrDefault(name);

    private static Dictionary<string, Filter> Signs()
    {
        var tests = new Dictionary<string, Filter>();
        foreach (var (names, sign) in new[] { ("> gt greaterthan", ">"), (">= ge", ">="), ("< lt lessthan", "<"), ("<= le", "<=") })
            foreach (var name in names.Split(' '))
                tests[name] = new Filter("compare(a, b, /)", a => Comparison.Order(a[0], a[1], sign));
        foreach (var name in (string[])["==", "eq", "equalto"])
            tests[name] = new Filter("eq(a, b, /)", a => Comparison.AreEqual(a[0], a[1]));
        foreach (var name in (string[])["!=", "ne"])
            tests[name] = new Filter("ne(a, b, /)", a => !Comparison.AreEqual(a[0], a[1]));
        return tests;
    }

    private static Dictionary<string, Filter> Kinds() => new Dictionary<string, Func<object?, bool>>
    {
        ["defined"] = value => value is not UndefinedValue,
        ["undefined"] = value => value is UndefinedValue,
        ["none"] = value => value is null,
        ["boolean"] = value => value is bool,
        ["false"] = value => value is false,
        ["true"] = value => value is true,
        ["integer"] = value => value is BigInteger,
        ["float"] = value => value is double,
        ["lower"] = value => Casing.IsLower(Representation.Text(value)),
        ["upper"] = value => Casing.IsUpper(Representation.Text(value)),
        ["string"] = value => value is string or MarkupValue,
        ["mapping"] = value => value is DictValue,
        ["number"] = Types.IsNumber,
        ["sequence"] = value => value is string or MarkupValue or SequenceValue or DictValue or RangeValue or BytesValue
            or UndefinedValue { Kind: not UndefinedKind.Strict },
        ["iterable"] = value => value is UndefinedValue { Kind: UndefinedKind.Strict } undefined ? throw undefined.Fault()
            : Iteration.Find(value) is not null,
        ["escaped"] = value => value is MarkupValue or UndefinedValue { Kind: UndefinedKind.Chainable },
    }.ToDictionary(pair => pair.Key, pair => new Filter($"test_{pair.Key}(value)", a => pair.Value(a[0])));

    private static Dictionary<string, Filter> Others() => new()
    {
        ["odd"] = new("test_odd(value)", a => Comparison.AreEqual(Modulo(a[0], BigInteger.One + 1), BigInteger.One)),
        ["even"] = new("test_even(value)", a => Comparison.AreEqual(Modulo(a[0], BigInteger.One + 1), BigInteger.Zero)),
        ["divisibleby"] = new("test_divisibleby(value, num)", a => Comparison.AreEqual(Modulo(a[0], a[1]), BigInteger.Zero)),
        ["filter"] = new("test_filter(env, value)", (a, run) => Types.Text(a[0]) is { } name && Filters.Has(name, run.Options)),
        ["test"] = new("test_test(env, value)", a => Types.Text(a[0]) is { } name && All!.ContainsKey(name)),
        ["callable"] = new("callable(obj, /)", a => a[0] is Value { IsCallable: true }),
        ["sameas"] = new("test_sameas(value, other)", a => Comparison.AreSame(a[0], a[1])),
        ["in"] = new("test_in(value, seq)", a => Comparison.Contains(a[1], a[0])),
    };

    private static object? Modulo(object? value, object? number) => Arithmetic.Apply("mod", value, number);
}
