using System.Text;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>Python's <c>pprint.pformat</c>: on one line where 80 columns are enough; the keys of dictionaries in order.</summary>
internal static class PrettyText
{
    // pprint's own.
    private const int Width = 80;

    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Add(text, value, 0, 0);
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value, int indent, int allowance)
    {
        Evaluation.Enter();
        var line = OneLine(value);
        if (CodePoints.Count(line) <= Width - indent - allowance || value is not (SequenceValue or DictValue)
            || Iteration.Length(value) == 0)
            text.Append(line);
        else if (value is DictValue dict)
            AddItems(text, '{', "}", Sorted(dict), indent, allowance, (pair, rest) =>
            {
                var key = OneLine(pair.Key);
                text.Append(key).Append(": ");
                Add(text, pair.Value, indent + CodePoints.Count(key) + 3, rest);
            });
        else
            AddItems(text, value is ListValue ? '[' : '(', value is ListValue ? "]" : Iteration.Length(value) == 1 ? ",)" : ")",
                ((SequenceValue)value).Values, indent, allowance, (item, rest) => Add(text, item, indent + 1, rest));
        Evaluation.Leave();
    }

    private static void AddItems<T>(StringBuilder text, char begin, string end, IReadOnlyList<T> items, int indent, int allowance,
        Action<T, int> add)
    {
        text.Append(begin);
        for (var i = 0; i < items.Count; i++)
        {
            Evaluation.Text(i == 0 ? 0 : indent);
            text.Append(i == 0 ? "" : ",\n" + new string(' ', indent + 1));
            add(items[i], i == items.Count - 1 ? allowance + end.Length : 1);
        }
        text.Append(end);
    }

    private static string OneLine(object? value)
    {
        Evaluation.Enter();
        var text = value switch
        {
            DictValue dict => $"{{{string.Join(", ", Sorted(dict).Select(pair => $"{OneLine(pair.Key)}: {OneLine(pair.Value)}"))}}}",
            ListValue list => $"[{string.Join(", ", list.Values.Select(OneLine))}]",
            TupleValue tuple => $"({string.Join(", ", tuple.Values.Select(OneLine))}{(tuple.Length == 1 ? ",)" : ")")}",
            _ => Representation.Of(value),
        };
        Evaluation.Text(text.Length);
        Evaluation.Leave();
        return text;
    }

    private static List<(object? Key, object? Value)> Sorted(DictValue dict)
    {
        var pairs = dict.Pairs.ToList();
        try
        {
            var keys = Sorting.Sort(pairs.Select(pair => pair.Key), key => key, reverse: false);
            return [.. keys.Select(key => (key, dict.TryGet(key, out var value) ? value : null))];
        }
        catch (PythonError error) when (error.Kind == "TypeError")
        {
            return [.. pairs.OrderBy(pair => Types.Name(pair.Key), StringComparer.Ordinal)];
        }
    }
}
