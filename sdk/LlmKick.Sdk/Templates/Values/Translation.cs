using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary><c>maketrans</c> and <c>translate</c>.</summary>
internal static class Translation
{
    public static DictValue Table(object? from, object? to, object? gone)
    {
        var table = new DictValue();
        if (to is null)
        {
            foreach (var (key, value) in (from as DictValue
                ?? throw PythonError.Type("if you give only one argument to maketrans it must be a dict")).Pairs)
                table[Types.Text(key) is { } text ? Point(text) : key] = value;
            return table;
        }
        var (left, right) = (CodePoints.All(TextMethods.Need(from, "maketrans() argument 1")).ToList(),
            CodePoints.All(TextMethods.Need(to, "maketrans() argument 2")).ToList());
        if (left.Count != right.Count)
            throw PythonError.Value("the first two maketrans arguments must have equal length");
        for (var i = 0; i < left.Count; i++)
            table[new BigInteger(CodePoints.Value(left[i]))] = new BigInteger(CodePoints.Value(right[i]));
        foreach (var one in CodePoints.All(gone is null ? "" : TextMethods.Need(gone, "maketrans() argument 3")))
            table[new BigInteger(CodePoints.Value(one))] = null;
        return table;
    }

    public static string Apply(string text, object? table)
    {
        var result = new StringBuilder();
        foreach (var one in CodePoints.All(text))
        {
            var found = table is Value value ? value.Item(new BigInteger(CodePoints.Value(one)))
                : throw PythonError.Type($"'{Types.Name(table)}' object is not subscriptable");
            var part = found switch
            {
                null => "",
                Missing => one,
                BigInteger point => point.Sign >= 0 && point <= 0x10ffff ? char.ConvertFromUtf32((int)point)
                    : throw PythonError.Value("character mapping must be in range(0x110000)"),
                _ => Types.Text(found) ?? throw PythonError.Type("character mapping must return integer, None or str"),
            };
            Evaluation.Text(part.Length);
            result.Append(part);
        }
        return result.ToString();
    }

    private static BigInteger Point(string text) =>
        CodePoints.Count(text) == 1 ? CodePoints.Value(text)
            : throw PythonError.Value("string keys in translate table must be of length 1");
}
