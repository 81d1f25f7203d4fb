using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Text that is being put together.</summary>
internal sealed class TextSink
{
    private readonly StringBuilder text = new();
    private int counted;
    private int points;

    /// <summary>How many code points there are.</summary>
    public int CodePointCount
    {
        get
        {
            for (; counted < text.Length; counted++)
                if (!char.IsLowSurrogate(text[counted]) || counted == 0 || !char.IsHighSurrogate(text[counted - 1]))
                    points++;
            return points;
        }
    }

    public void Write(string part)
    {
        Evaluation.Text(part.Length);
        text.Append(part);
    }

    public override string ToString() => text.ToString();
}
