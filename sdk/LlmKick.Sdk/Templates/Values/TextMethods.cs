using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>The methods of texts.</summary>
internal static class TextMethods
{
    private static readonly HashSet<string> Plain = ["encode", "find", "rfind", "index", "rindex", "count", "startswith", "endswith"];

    private static readonly MethodTable<string> Methods = AddParts(AddCases(AddKinds(new("str"))));

    /// <summary>A method of a text, or of markup, whose results are markup too.</summary>
    public static object Find(object self, string text, string name)
    {
        Evaluation.Step(text.Length >> 5);
        if (self is MarkupValue markup)
            return MarkupMethods.Find(markup, name)
                ?? Methods.Find(text, name, Plain.Contains(name) || name.StartsWith("is", StringComparison.Ordinal) ? null : Wrap);
        return name is "format" or "format_map" ? FormatMethods.Find(text, name, escape: false) : Methods.Find(text, name);
    }

    /// <summary>Texts as markup.</summary>
    public static object? Wrap(object? value) => value switch
    {
        string text => new MarkupValue(text),
        SequenceValue sequence => sequence.Create([.. sequence.Values.Select(Wrap)]),
        _ => value,
    };

    private static MethodTable<string> AddKinds(MethodTable<string> table) => table
        .Add("isalnum(/)", (text, _) => Characters.All(text, Characters.IsAlphanumeric))
        .Add("isalpha(/)", (text, _) => Characters.All(text, Characters.IsLetter))
        .Add("isascii(/)", (text, _) => System.Text.Ascii.IsValid(text))
        .Add("isdecimal(/)", (text, _) => Characters.All(text, Characters.IsDecimal))
        .Add("isdigit(/)", (text, _) => Characters.All(text, Characters.IsDigit))
        .Add("isidentifier(/)", (text, _) => Identifiers.IsIdentifier(text))
        .Add("islower(/)", (text, _) => Casing.IsLower(text))
        .Add("isnumeric(/)", (text, _) => Characters.All(text, Characters.IsNumeric))
        .Add("isprintable(/)", (text, _) => text.Length == 0 || Characters.All(text, Characters.IsPrintable))
        .Add("isspace(/)", (text, _) => text.Length > 0 && Spaces.IsBlank(text))
        .Add("istitle(/)", (text, _) => Casing.IsTitle(text))
        .Add("isupper(/)", (text, _) => Casing.IsUpper(text));

    private static MethodTable<string> AddCases(MethodTable<string> table) => table
        .Add("capitalize(/)", (text, _) => Casing.Capitalize(text))
        .Add("casefold(/)", (text, _) => Casing.Fold(text))
        .Add("lower(/)", (text, _) => Casing.Lower(text))
        .Add("swapcase(/)", (text, _) => Casing.Swap(text))
        .Add("title(/)", (text, _) => Casing.Title(text))
        .Add("upper(/)", (text, _) => Casing.Upper(text))
        .Add("center(width, fillchar=' ', /)", (text, a) => Padding.Center(text, a[0], a[1]))
        .Add("ljust(width, fillchar=' ', /)", (text, a) => Padding.Left(text, a[0], a[1]))
        .Add("rjust(width, fillchar=' ', /)", (text, a) => Padding.Right(text, a[0], a[1]))
        .Add("zfill(width, /)", (text, a) => Padding.Zeros(text, a[0]))
        .Add("expandtabs(tabsize=8)", (text, a) => Padding.ExpandTabs(text, a[0]))
        .Add("encode(encoding='utf-8', errors='strict')",
            (text, a) => BytesMethods.Encode(text, Need(a[0], "encode() argument 'encoding'")))
        .Add("maketrans(x, y=None, z=None, /)", (_, a) => Translation.Table(a[0], a[1], a[2]))
        .Add("translate(table, /)", (text, a) => Translation.Apply(text, a[0]));

    private static MethodTable<string> AddParts(MethodTable<string> table) => table
        .Add("count(sub, start=None, end=None, /)", (text, a) => new BigInteger(TextSearch.Count(text, a)))
        .Add("endswith(suffix, start=None, end=None, /)",
            (text, a) => TextSearch.Begins(text, a, "endswith", (part, one) => part.EndsWith(one, StringComparison.Ordinal)))
        .Add("find(sub, start=None, end=None, /)", (text, a) => new BigInteger(TextSearch.Find(text, a, last: false)))
        .Add("index(sub, start=None, end=None, /)", (text, a) => TextSearch.Index(text, a, last: false))
        .Add("join(iterable, /)", (text, a) => TextParts.Join(text, a[0]))
        .Add("lstrip(chars=None, /)", (text, a) => TextParts.Strip(text, a[0], "lstrip", left: true, right: false))
        .Add("partition(sep, /)", (text, a) => TextParts.Partition(text, a[0], last: false))
        .Add("removeprefix(prefix, /)", (text, a) => Need(a[0], "removeprefix() argument") is var one
            && text.StartsWith(one, StringComparison.Ordinal) ? text[one.Length..] : text)
        .Add("removesuffix(suffix, /)", (text, a) => Need(a[0], "removesuffix() argument") is var one
            && text.EndsWith(one, StringComparison.Ordinal) ? text[..^one.Length] : text)
        .Add("replace(old, new, count=-1, /)",
            (text, a) => TextParts.Replace(text, Need(a[0], "replace() argument 1"), Need(a[1], "replace() argument 2"), Types.Index(a[2])))
        .Add("rfind(sub, start=None, end=None, /)", (text, a) => new BigInteger(TextSearch.Find(text, a, last: true)))
        .Add("rindex(sub, start=None, end=None, /)", (text, a) => TextSearch.Index(text, a, last: true))
        .Add("rpartition(sep, /)", (text, a) => TextParts.Partition(text, a[0], last: true))
        .Add("rsplit(sep=None, maxsplit=-1)", (text, a) => TextParts.SplitLast(text, a[0], a[1]))
        .Add("rstrip(chars=None, /)", (text, a) => TextParts.Strip(text, a[0], "rstrip", left: false, right: true))
        .Add("split(sep=None, maxsplit=-1)", (text, a) => TextParts.Split(text, a[0], a[1]))
        .Add("splitlines(keepends=False)", (text, a) => new ListValue(TextParts.Lines(text, Types.IsTrue(a[0]))))
        .Add("startswith(prefix, start=None, end=None, /)",
            (text, a) => TextSearch.Begins(text, a, "startswith", (part, one) => part.StartsWith(one, StringComparison.Ordinal)))
        .Add("strip(chars=None, /)", (text, a) => TextParts.Strip(text, a[0], "strip", left: true, right: true));

    public static string Need(object? value, string what) => Types.Text(value)
        ?? throw PythonError.Type($"{what} must be str, not {Types.Name(value)}");
}
