using System.Text;

namespace LlmKick.Transformers.Tokenization;

/// <summary>Makes a changed fragment out of another, from left to right.</summary>
internal sealed class FragmentBuilder(Fragment source)
{
    private readonly StringBuilder _text = new(source.Length + 8);
    private readonly List<TextRange>? _origins = source.Origins is null ? null : new(source.Length + 8);

    /// <summary>Length of what is made so far.</summary>
    public int Length => _text.Length;

    public char this[int index] => _text[index];

    /// <summary>Takes units of the source as they are.</summary>
    public void Copy(int start, int length)
    {
        _text.Append(source.Text, source.Start + start, length);
        _origins?.AddRange(source.Origins.AsSpan(source.Start + start, length));
    }

    /// <summary>Puts a text in the place of some units of the source, or before a unit where there are none.</summary>
    public void Put(ReadOnlySpan<char> text, int start, int length)
    {
        _text.Append(text);
        if (_origins is null)
            return;
        var origin = source.Origin(start, start + length);
        for (var i = 0; i < text.Length; i++)
            _origins.Add(origin);
    }

    /// <summary>Drops what is made beyond a length.</summary>
    public void Cut(int length)
    {
        _text.Length = length;
        _origins?.RemoveRange(length, _origins.Count - length);
    }

    public Fragment Build() => new(_text.ToString(), 0, _text.Length, source.IsFirst, _origins?.ToArray());
}
