using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmKick.Sdk.Files;

/// <summary>Says where a text is not JSON, in words for the person who has to mend the file.</summary>
public static partial class JsonFault
{
    private const int Shown = 20;

    /// <summary>A sentence that names line and column (both from 1, columns in characters; no line where there is but one) and what stands
    /// there.</summary>
    /// <param name="utf8">The whole text that was read.</param>
    /// <param name="fault">What the reader said of it.</param>
    public static string Explain(ReadOnlySpan<byte> utf8, JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (IsBlank(utf8))
            return "It is empty.";
        if (StrangeFile.Explain(utf8) is { } stranger)
            return $"It is {stranger}.";
        if (Duplicate(utf8) is { } twice)
            return twice;
        if (fault.LineNumber is not { } line || fault.BytePositionInLine is not { } position)
            return fault.Message;
        var offset = Offset(utf8, line, position);
        return Path(fault) is { } path
            ? Missing().Match(fault.Message) is { Success: true } missing
                ? $"'{path}' lacks {missing.Groups["keys"].Value}."
                : $"'{path}' lacks something or has a value of another kind."
            : Syntax(utf8, offset, fault.Message.Contains("depth of", StringComparison.Ordinal));
    }

    /// <summary>The place of what was read but is of another kind; null where the text is not JSON. A converter that reads by a serializer
    /// of its own knows the end of it, as an inner fault.</summary>
    private static string? Path(JsonException fault) => fault.InnerException is not JsonException inner ? fault.Path
        : Path(inner) is { } end ? fault.Path + end.TrimStart('$') : null;

    /// <summary>The same for a text.</summary>
    /// <param name="text">The whole text that was read.</param>
    /// <param name="fault">What the reader said of it.</param>
    public static string Explain(string text, JsonException fault) => Explain(Encoding.UTF8.GetBytes(text), fault);

    private static string Syntax(ReadOnlySpan<byte> utf8, int offset, bool isDeep)
    {
        var before = utf8[..offset];
        var rest = utf8[offset..];
        if (IsBlank(rest))
            return "It ends in the middle: it may be cut short.";
        var place = Place(before, utf8.Contains((byte)'\n'));
        if (isDeep)
            return $"{place}: it is nested too deep here.";
        return rest[0] is (byte)'}' or (byte)']' && before.TrimEnd(" \t\r\n"u8) is [.., (byte)',']
            ? $"{place}: a comma stands before the closing '{(char)rest[0]}'."
            : $"{place}: '{Start(rest)}' cannot stand here.";
    }

    private static string Place(ReadOnlySpan<byte> before, bool hasLines)
    {
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return hasLines ? $"Line {before.Count((byte)'\n') + 1}, column {column}" : $"Column {column}";
    }

    private static string Start(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny("\r\n"u8);
        var text = Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
        return text.Length <= Shown ? text : text[..Shown] + "…";
    }

    private static int Offset(ReadOnlySpan<byte> utf8, long line, long position)
    {
        var offset = 0;
        for (; line > 0; line--)
            offset += utf8[offset..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(offset + position, utf8.Length);
    }

    /// <summary>A key that one object has twice; null where there is none before the first other fault.</summary>
    private static string? Duplicate(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var open = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.StartObject)
                    open.Push(new(StringComparer.Ordinal));
                else if (reader.TokenType == JsonTokenType.EndObject)
                    open.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } key && !open.Peek().Add(key))
                    return $"{Place(utf8[..(int)reader.TokenStartIndex], utf8.Contains((byte)'\n'))}: the key '{key}' stands twice in "
                        + $"one object.";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The other fault is the one to tell.
        }
        return null;
    }

    [GeneratedRegex("missing required properties including: (?<keys>'[^.]*')\\.?")]
    private static partial Regex Missing();

    private static bool IsBlank(ReadOnlySpan<byte> utf8) => utf8.Trim(" \t\r\n"u8).IsEmpty;
}
