using LlmKick.Runs.Work;
using LlmKick.Sdk;
using Spectre.Console;

namespace LlmKick.Commands;

/// <summary>Shows a run in one line that changes in place; everything else that is written through the same console lands above
/// it.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private readonly Lock gate = new();
    private readonly ProgressLine progress = new(TimeProvider.System);
    private readonly IAnsiConsole console;
    private readonly StatusContext status;

    private LiveDisplay(IAnsiConsole console, StatusContext status) => (this.console, this.status) = (console, status);

    /// <summary>Shows work for as long as it goes on.</summary>
    public static Task ShowAsync(IAnsiConsole console, Func<IRunDisplay, Task> work) =>
        console.Status().StartAsync("…", status => work(new LiveDisplay(console, status)));

    /// <inheritdoc/>
    public void Show(string variant, ProgressUpdate update)
    {
        lock (gate)
            status.Status = Markup.Escape(progress.Of(variant, update));
    }

    /// <inheritdoc/>
    public void Note(string line) => console.WriteLine(line);
}
