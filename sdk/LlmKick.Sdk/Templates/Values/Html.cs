using System.Net;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Tags taken out of HTML.</summary>
internal static class Html
{
    public static string StripTags(string text)
    {
        text = Remove(Remove(text, "<!--", "-->"), "<", ">");
        return WebUtility.HtmlDecode(string.Join(' ', Spaces.Split(text, -1)));
    }

    private static string Remove(string text, string begin, string end)
    {
        while (text.IndexOf(begin, StringComparison.Ordinal) is >= 0 and var start
            && text.IndexOf(end, start, StringComparison.Ordinal) is >= 0 and var stop)
        {
            Evaluation.Step(1 + (text.Length >> 3));
            text = text.Remove(start, stop + end.Length - start);
        }
        return text;
    }
}
