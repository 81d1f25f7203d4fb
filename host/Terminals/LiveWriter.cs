using System.Text;

namespace LlmKick.Terminals;

/// <summary>Takes what libraries write to stderr, and passes whole lines on, so that they land above a live display.</summary>
/// <param name="tell">Takes a line.</param>
internal sealed class LiveWriter(Action<string> tell) : TextWriter
{
    private readonly StringBuilder rest = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (rest)
            Take(value);
    }

    public override void Write(string? value)
    {
        lock (rest)
            foreach (var character in value ?? "")
                Take(character);
    }

    public override void Flush()
    {
        lock (rest)
            if (rest.Length > 0)
                TellRest();
    }

    private void Take(char value)
    {
        if (value == '\n')
            TellRest();
        else if (value != '\r')
            rest.Append(value);
    }

    private void TellRest()
    {
        var line = rest.ToString();
        rest.Clear();
        tell(line);
    }
}
