namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>Puts a text in front, whatever the text begins with.</summary>
internal sealed class Prepend(string prefix) : INormalizer
{
    public Fragment Normalize(Fragment text)
    {
        if (text.Length == 0)
            return text;
        var builder = new FragmentBuilder(text);
        builder.Put(prefix, 0, 0);
        builder.Copy(0, text.Length);
        return builder.Build();
    }
}
