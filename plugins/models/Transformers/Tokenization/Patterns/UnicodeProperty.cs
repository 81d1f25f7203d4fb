using System.Globalization;
using static System.Globalization.UnicodeCategory;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>The sets that \p{…}, [[:…:]] and the short escapes name.</summary>
internal static class UnicodeProperty
{
    private static readonly Dictionary<string, UnicodeCategory[]> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Lu"] = [UppercaseLetter], ["Ll"] = [LowercaseLetter], ["Lt"] = [TitlecaseLetter], ["Lm"] = [ModifierLetter],
        ["Lo"] = [OtherLetter],
        ["L"] = [UppercaseLetter, LowercaseLetter, TitlecaseLetter, ModifierLetter, OtherLetter],
        ["LC"] = [UppercaseLetter, LowercaseLetter, TitlecaseLetter],
        ["Mn"] = [NonSpacingMark], ["Mc"] = [SpacingCombiningMark], ["Me"] = [EnclosingMark],
        ["M"] = [NonSpacingMark, SpacingCombiningMark, EnclosingMark],
        ["Nd"] = [DecimalDigitNumber], ["Nl"] = [LetterNumber], ["No"] = [OtherNumber],
        ["N"] = [DecimalDigitNumber, LetterNumber, OtherNumber],
        ["Pc"] = [ConnectorPunctuation], ["Pd"] = [DashPunctuation], ["Ps"] = [OpenPunctuation], ["Pe"] = [ClosePunctuation],
        ["Pi"] = [InitialQuotePunctuation], ["Pf"] = [FinalQuotePunctuation], ["Po"] = [OtherPunctuation],
        ["P"] = [ConnectorPunctuation, DashPunctuation, OpenPunctuation, ClosePunctuation, InitialQuotePunctuation,
            FinalQuotePunctuation, OtherPunctuation],
        ["Sm"] = [MathSymbol], ["Sc"] = [CurrencySymbol], ["Sk"] = [ModifierSymbol], ["So"] = [OtherSymbol],
        ["S"] = [MathSymbol, CurrencySymbol, ModifierSymbol, OtherSymbol],
        ["Zs"] = [SpaceSeparator], ["Zl"] = [LineSeparator], ["Zp"] = [ParagraphSeparator],
        ["Z"] = [SpaceSeparator, LineSeparator, ParagraphSeparator],
        ["Cc"] = [Control], ["Cf"] = [Format], ["Co"] = [PrivateUse], ["Cn"] = [OtherNotAssigned], ["Cs"] = [Surrogate],
        ["C"] = [Control, Format, PrivateUse, OtherNotAssigned, Surrogate],
    };

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = "L", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo",
        ["Mark"] = "M", ["Nonspacing_Mark"] = "Mn", ["Spacing_Mark"] = "Mc", ["Enclosing_Mark"] = "Me", ["Number"] = "N",
        ["Decimal_Number"] = "Nd", ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No", ["Punctuation"] = "P", ["Connector_Punctuation"] = "Pc", ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps", ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi", ["Final_Punctuation"] = "Pf", ["Other_Punctuation"] = "Po", ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm", ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk", ["Other_Symbol"] = "So", ["Separator"] = "Z", ["Space_Separator"] = "Zs", ["Other"] = "C",
        ["Control"] = "Cc", ["Format"] = "Cf",
    };

    public static CodePointSet Space { get; } = CodePointSet.Union(
        CodePointSet.Of(9, 13), CodePointSet.Of(0x85), CodePointSet.Of(SpaceSeparator, LineSeparator, ParagraphSeparator));

    public static CodePointSet Digit { get; } = CodePointSet.Of(DecimalDigitNumber);

    /// <summary>Letters, marks, digits, connectors, and letters in circles and squares.</summary>
    public static CodePointSet Word { get; } = CodePointSet.Union(
        Find("L")!, Find("M")!, CodePointSet.Of(DecimalDigitNumber, LetterNumber, ConnectorPunctuation),
        CodePointSet.Of(0x24B6, 0x24E9), CodePointSet.Of(0x1F130, 0x1F149), CodePointSet.Of(0x1F150, 0x1F169),
        CodePointSet.Of(0x1F170, 0x1F189));

    public static CodePointSet Hex { get; } =
        CodePointSet.Union(CodePointSet.Of('0', '9'), CodePointSet.Of('a', 'f'), CodePointSet.Of('A', 'F'));

    /// <summary>The set of a name; null where there is none of that name.</summary>
    public static CodePointSet? Find(string name) => name.ToUpperInvariant() switch
    {
        "ANY" => CodePointSet.All,
        "ASCII" => CodePointSet.Of(0, 127),
        "ALPHA" or "ALPHABETIC" => CodePointSet.Union(Find("L")!, CodePointSet.Of(LetterNumber)),
        "ALNUM" => CodePointSet.Union(Find("L")!, Find("M")!, CodePointSet.Of(DecimalDigitNumber, LetterNumber)),
        "SPACE" or "WHITE_SPACE" => Space,
        "DIGIT" => Digit,
        "WORD" => Word,
        "XDIGIT" => Hex,
        "UPPER" => CodePointSet.Of(UppercaseLetter),
        "LOWER" => CodePointSet.Of(LowercaseLetter),
        "PUNCT" => CodePointSet.Union(Find("P")!, CodePointSet.Of("$+<=>^`|~".Select(symbol => (int)symbol))),
        "CNTRL" => CodePointSet.Of(Control),
        _ => Categories.TryGetValue(LongNames.GetValueOrDefault(name, name), out var categories) ? CodePointSet.Of(categories)
            : UnicodeScripts.Find(name),
    };
}
