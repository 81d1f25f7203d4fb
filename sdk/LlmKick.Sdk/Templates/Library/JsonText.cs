using System.Globalization;
using System.Numerics;
using System.Text;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>Python's <c>json.dumps</c>.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder text = new();
    private readonly bool ascii;
    private readonly bool sorted;
    private readonly string? indent;
    private readonly string comma;
    private readonly string colon;

    private JsonText(bool ascii, object? indent, object? separators, bool sorted)
    {
        (this.ascii, this.sorted) = (ascii, sorted);
        this.indent = indent is null ? null : Types.Text(indent) ?? new string(' ', Math.Clamp(Types.SmallIndex(indent), 0, 1000));
        (comma, colon) = (this.indent is null ? ", " : ",", ": ");
        if (separators is null)
            return;
        var pair = Iteration.Unpack(separators, 2);
        (comma, colon) = (TextMethods.Need(pair[0], "item separator"), TextMethods.Need(pair[1], "key separator"));
    }

    public static string Write(object? value, bool ascii, object? indent, object? separators, bool sorted)
    {
        var json = new JsonText(ascii, indent, separators, sorted);
        json.Add(value, 0);
        return json.text.ToString();
    }

    private void Add(object? value, int level)
    {
        var before = text.Length;
        switch (value)
        {
            case null or bool:
                text.Append(Word(value));
                break;
            case BigInteger or double:
                text.Append(Number(value));
                break;
            case string or MarkupValue:
                Quote(Types.Text(value)!);
                break;
            case SequenceValue sequence:
                Nest('[', ']', sequence.Values, level, item => Add(item, level + 1));
                return;
            case DictValue dict:
                AddDict(dict, level);
                return;
            default:
                throw PythonError.Type($"Object of type {Types.Name(value)} is not JSON serializable");
        }
        Evaluation.Text(text.Length - before);
    }

    private void AddDict(DictValue dict, int level)
    {
        var pairs = dict.Pairs.ToList();
        if (sorted)
            pairs = [.. Sorting.Sort(pairs.Select(pair => (object?)new TupleValue([pair.Key, pair.Value])), pair => ((TupleValue)pair!)
                .Values[0], reverse: false).Select(pair => (((TupleValue)pair!).Values[0], ((TupleValue)pair!).Values[1]))];
        Nest('{', '}', pairs, level, pair =>
        {
            Quote(Key(pair.Key));
            text.Append(colon);
            Add(pair.Value, level + 1);
        });
    }

    private void Nest<T>(char begin, char end, IReadOnlyList<T> items, int level, Action<T> add)
    {
        Evaluation.Enter();
        Evaluation.Text(2 + ((comma.Length + colon.Length) * (long)items.Count));
        text.Append(begin);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(comma);
            NewLine(level + 1);
            add(items[i]);
        }
        if (items.Count > 0)
            NewLine(level);
        text.Append(end);
        Evaluation.Leave();
    }

    private void NewLine(int level)
    {
        if (indent is null)
            return;
        Evaluation.Text(1 + (indent.Length * level));
        text.Append('\n').Insert(text.Length, indent, level);
    }

    private static string Key(object? key) => key switch
    {
        null or bool => Word(key),
        BigInteger or double => Number(key),
        _ => Types.Text(key) ?? throw PythonError.Type($"keys must be str, int, float, bool or None, not {Types.Name(key)}"),
    };

    private static string Word(object? value) => value is null ? "null" : value is true ? "true" : "false";

    private static string Number(object? value) => value is double number && !double.IsFinite(number)
        ? (double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
        : Representation.Text(value);

    private void Quote(string value)
    {
        text.Append('"');
        foreach (var character in value)
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\f' => @"\f",
                '\b' => @"\b",
                _ when character < ' ' || (ascii && character > '~') =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => null,
            } ?? character.ToString());
        text.Append('"');
    }
}
