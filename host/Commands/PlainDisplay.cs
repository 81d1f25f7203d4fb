using LlmKick.Runs.Work;
using LlmKick.Sdk;

namespace LlmKick.Commands;

/// <summary>Shows a run in plain lines, at most one every few seconds.</summary>
/// <param name="writer">Takes the lines.</param>
/// <param name="time">Tells the time.</param>
internal sealed class PlainDisplay(TextWriter writer, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly ProgressLine progress = new(time);
    private long? shown;

    /// <inheritdoc/>
    public void Show(string variant, ProgressUpdate update)
    {
        lock (gate)
        {
            var line = progress.Of(variant, update);
            if (shown is { } last && time.GetElapsedTime(last) < Pause)
                return;
            shown = time.GetTimestamp();
            writer.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    public void Note(string line)
    {
        lock (gate)
            writer.WriteLine(line);
    }
}
