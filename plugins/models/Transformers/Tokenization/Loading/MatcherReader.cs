using LlmKick.Transformers.Tokenization.Patterns;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads a <c>pattern</c>: a text, or a regular expression.</summary>
internal static class MatcherReader
{
    public static IMatcher Read(TokenizerElement part)
    {
        var pattern = part.Required("pattern");
        return pattern.Optional("String") is { } text ? new TextMatcher(text.AsText())
            : new PatternMatcher(pattern.Text("Regex"), part.Fault);
    }
}
