
namespace LlmKick.Sdk.Templates.Values;

/// <summary>The methods of markup that differ from those of texts: they escape what they are given.</summary>
internal static class MarkupMethods
{
    private static readonly MethodTable<MarkupValue> Methods = new MethodTable<MarkupValue>("Markup")
        .Add("join(iterable)", (self, a) =>
            new MarkupValue(TextParts.Join(self.Text, new IteratorValue(Iteration.Over(a[0]).Select(MarkupValue.Escape)))))
        .Add("replace(old, new, count=-1)", (self, a) => new MarkupValue(
            TextParts.Replace(self.Text, TextMethods.Need(a[0], "replace() argument 1"), MarkupValue.Escape(a[1]).Text, Types.Index(a[2]))))
        .Add("ljust(width, fillchar=' ')", (self, a) => new MarkupValue(Padding.Left(self.Text, a[0], MarkupValue.Escape(a[1]))))
        .Add("rjust(width, fillchar=' ')", (self, a) => new MarkupValue(Padding.Right(self.Text, a[0], MarkupValue.Escape(a[1]))))
        .Add("center(width, fillchar=' ')", (self, a) => new MarkupValue(Padding.Center(self.Text, a[0], MarkupValue.Escape(a[1]))))
        .Add("unescape()", (self, _) => System.Net.WebUtility.HtmlDecode(self.Text))
        .Add("striptags()", (self, _) => Html.StripTags(self.Text))
        .Add("escape(s)", (_, a) => MarkupValue.Escape(a[0]));

    /// <summary>Such a method; null where markup has none of its own.</summary>
    public static object? Find(MarkupValue self, string name) => name switch
    {
        "format" or "format_map" => FormatMethods.Find(self.Text, name, escape: true),
        _ => Methods.Has(name) ? Methods.Find(self, name) : null,
    };
}
