namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>The values in work, with marks where lists of them begin.</summary>
internal sealed class PickleStack(PickleBytes bytes)
{
    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];

    public void Push(object? value) => _values.Add(value);

    public void Mark() => _marks.Add(_values.Count);

    public object? Top => _values.Count > Floor ? _values[^1] : throw TooFew();

    public object? Pop()
    {
        var top = Top;
        _values.RemoveAt(_values.Count - 1);
        return top;
    }

    /// <summary>The last so many values.</summary>
    public object?[] Pop(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    /// <summary>All values after the last mark, which goes too.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw TooFew();
        var values = _values.GetRange(Floor, _values.Count - Floor).ToArray();
        _values.RemoveRange(Floor, values.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return values;
    }

    private int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    private Sdk.LlmKickException TooFew() => bytes.Fault("an instruction lacks its values");
}
