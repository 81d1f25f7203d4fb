using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace LlmKick.Terminals;

/// <summary>Writes log events to stderr through the terminal, so that they land above a live display.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="formatter">Makes lines of events.</param>
internal sealed class TerminalSink(Terminal terminal, ITextFormatter formatter) : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        using var text = new StringWriter();
        formatter.Format(logEvent, text);
        terminal.Tell(text.ToString().TrimEnd());
    }
}
