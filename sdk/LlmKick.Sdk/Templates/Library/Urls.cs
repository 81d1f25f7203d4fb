using System.Text;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>Addresses: escaped, and made into links.</summary>
internal static partial class Urls
{
    public static string Encode(object? value)
    {
        if (Types.Text(value) is not null || Iteration.Find(value) is not { } items)
            return Quote(value, query: false);
        var pairs = value is DictValue dict ? dict.Pairs.Select(pair => (object?)new TupleValue([pair.Key, pair.Value])) : items;
        return string.Join('&', pairs.Select(pair => Iteration.Unpack(pair, 2))
            .Select(pair => $"{Quote(pair[0], query: true)}={Quote(pair[1], query: true)}"));
    }

    /// <summary>The filter <c>urlize</c>.</summary>
    public static object Link(object?[] a, Evaluation run)
    {
        var rel = (a[4] is null ? [] : TextMethods.Need(a[4], "rel").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Append("noopener");
        rel = Types.IsTrue(a[2]) ? rel.Append("nofollow") : rel;
        var attributes = $" rel=\"{MarkupValue.Escape(string.Join(' ', rel.Distinct().Order(StringComparer.Ordinal))).Text}\""
            + (a[3] is null ? "" : $" target=\"{MarkupValue.Escape(a[3]).Text}\"");
        var schemes = a[5] is null ? [] : Iteration.Over(a[5]).Select(scheme => TextMethods.Need(scheme, "scheme")).ToList();
        if (schemes.FirstOrDefault(scheme => !Scheme().IsMatch(scheme)) is { } wrong)
            throw PythonError.Argument($"{Representation.Quote(wrong)} is not a valid URI scheme prefix.");
        var words = Blanks().Split(MarkupValue.Escape(a[0]).Text);
        var text = TextParts.Join("",
            new IteratorValue(words.Select(word => Word(word, attributes, a[1] is null ? null : Types.SmallIndex(a[1]), schemes))));
        return run.Autoescape ? new MarkupValue(text) : text;
    }

    private static string Quote(object? value, bool query)
    {
        var text = new StringBuilder();
        foreach (var one in value is BytesValue bytes ? bytes.Bytes : Encoding.UTF8.GetBytes(Representation.Text(value)))
            text.Append(char.IsAsciiLetterOrDigit((char)one) || one is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'~'
                || (one == '/' && !query) ? ((char)one).ToString()
                : query && one == ' ' ? "+" : $"%{one:X2}");
        Evaluation.Text(text.Length);
        return text.ToString();
    }

    private static string Word(string word, string attributes, int? limit, List<string> schemes)
    {
        var head = Head().Match(word).Value;
        var middle = word[head.Length..];
        var tail = Tail().Match(middle).Value;
        middle = middle[..^tail.Length];
        foreach (var (open, close) in new[] { ("(", ")"), ("<", ">"), ("&lt;", "&gt;") })
        {
            var opened = middle.AsSpan().Count(open);
            var moved = opened <= middle.AsSpan().Count(close) ? 0 : Math.Min(opened, tail.AsSpan().Count(close));
            for (; moved > 0; moved--)
            {
                var end = tail.IndexOf(close, StringComparison.Ordinal) + close.Length;
                (middle, tail) = (middle + tail[..end], tail[end..]);
            }
        }
        return head + Anchor(middle, attributes, limit, schemes) + tail;
    }

    private static string Anchor(string word, string attributes, int? limit, List<string> schemes)
    {
        if (Web().IsMatch(word))
        {
            var hasScheme = word.StartsWith("https://", StringComparison.Ordinal) || word.StartsWith("http://", StringComparison.Ordinal);
            var shown = limit is { } most && CodePoints.Count(word) > most ? CodePoints.Slice(word, 0, most) + "..." : word;
            return $"<a href=\"{(hasScheme ? "" : "https://")}{word}\"{attributes}>{shown}</a>";
        }
        if (word.StartsWith("mailto:", StringComparison.Ordinal) && Mail().IsMatch(word[7..]))
            return $"<a href=\"{word}\">{word[7..]}</a>";
        if (word.Contains('@', StringComparison.Ordinal) && !word.StartsWith("www.", StringComparison.Ordinal) && !word.StartsWith('@')
            && !word.Contains(':', StringComparison.Ordinal) && Mail().IsMatch(word))
            return $"<a href=\"mailto:{word}\">{word}</a>";
        return schemes.Any(scheme => word != scheme && word.StartsWith(scheme, StringComparison.Ordinal))
            ? $"<a href=\"{word}\"{attributes}>{word}</a>" : word;
    }

    [GeneratedRegex(@"^([\w.+-]{2,}:(/){0,2})\z")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(\s+)")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^([(<]|&lt;)*")]
    private static partial Regex Head();

    [GeneratedRegex(@"([)>.,\n]|&gt;)*\z", RegexOptions.RightToLeft)]
    private static partial Regex Tail();

    [GeneratedRegex(@"^\S+@\w[\w.-]*\.\w+$", RegexOptions.NonBacktracking)]
    private static partial Regex Mail();

    [GeneratedRegex(@"^((https?://|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|"
        + @"mil)|(https?://)((([\d]{1,3})(\.[\d]{1,3}){3})|"
        + @"(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}])))(?::[\d]{1,5})?(?:[/?#]\S*)?$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Web();
}
