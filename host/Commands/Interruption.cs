using System.Runtime.InteropServices;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>Ctrl-C and SIGTERM: the first asks for a stop at the next safe point, the second ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly Terminal terminal;
    private readonly List<PosixSignalRegistration> registrations;

    public Interruption(Terminal terminal)
    {
        this.terminal = terminal;
        registrations =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Cancelled when a stop is asked for.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested)
            Environment.Exit(ExitCode.Interrupted);
        context.Cancel = true;
        terminal.Tell("Stopping at the next safe point. Press Ctrl-C again to stop at once.");
        source.Cancel();
    }
}
