using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A text that is HTML already: what is joined to it is escaped.</summary>
internal sealed class MarkupValue(string text) : Value
{
    public string Text => text;

    public override string TypeName => "Markup";

    public override string ObjectName => "markupsafe.Markup object";

    public override int? Length => CodePoints.Count(text);

    public override IEnumerable<object?> Items => CodePoints.All(text);

    public override object? Item(object? key) => TextItems.At(text, key) is string one ? new MarkupValue(one) : Missing.Value;

    public override object? Attribute(string name) => TextMethods.Find(this, text, name);

    public override int Hash() => Comparison.Hash(text);

    /// <summary>The value as markup; what is none is escaped.</summary>
    public static MarkupValue Escape(object? value) => value as MarkupValue ?? new MarkupValue(EscapeText(Representation.Text(value)));

    /// <summary>The value taken as markup as it stands.</summary>
    public static MarkupValue Of(object? value) => value as MarkupValue ?? new MarkupValue(Representation.Text(value));

    private static string EscapeText(string text) => text.AsSpan().IndexOfAny("&<>'\"") < 0 ? text : text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);

    public override void Represent(StringBuilder builder) => builder.Append("Markup(").Append(Representation.Quote(text)).Append(')');

    public override void Print(StringBuilder builder) => builder.Append(text);
}
