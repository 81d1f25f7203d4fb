namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>Puts a text in the place of every match of another.</summary>
internal sealed class Replace(IMatcher matcher, string content) : INormalizer
{
    public Fragment Normalize(Fragment text)
    {
        if (text.Origins is null && matcher is TextMatcher { Pattern: { Length: > 0 } pattern })
        {
            var plain = text.Span.ToString().Replace(pattern, content, StringComparison.Ordinal);
            return new Fragment(plain, 0, plain.Length, text.IsFirst, null);
        }
        var matches = matcher.Matches(text.Span);
        if (matches.Count == 0)
            return text;
        var (builder, done) = (new FragmentBuilder(text), 0);
        foreach (var match in matches)
        {
            builder.Copy(done, match.Start - done);
            builder.Put(content, match.Start, match.End - match.Start);
            done = match.End;
        }
        builder.Copy(done, text.Length - done);
        return builder.Build();
    }
}
