using System.Globalization;
using LlmKick.Hub;
using LlmKick.Terminals;
using Spectre.Console;

namespace LlmKick.Commands;

/// <summary>Shows downloads: in a line that changes in place on a terminal, in plain lines every few seconds elsewhere.</summary>
/// <param name="note">Takes a line that stays.</param>
/// <param name="show">Takes the line of the moment.</param>
/// <param name="pause">The least time between two of these.</param>
/// <param name="time">Tells the time.</param>
internal sealed class FetchDisplay(Action<string> note, Action<string> show, TimeSpan pause, TimeProvider time) : IFetchDisplay
{
    private static readonly TimeSpan PlainPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LivePause = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private (string Name, long Time, long Done) start;
    private long? shown;

    /// <summary>Shows work for as long as it goes on.</summary>
    public static Task ShowAsync(Terminal terminal, Verbosity verbosity, Func<IFetchDisplay, Task> work) => verbosity switch
    {
        Verbosity.Quiet => work(new NoFetchDisplay()),
        _ when terminal.IsErrorRich => terminal.RichError.Status().StartAsync("…", status => work(new FetchDisplay(terminal.Tell,
            line => status.Status = Markup.Escape(line), LivePause, TimeProvider.System))),
        _ => work(new FetchDisplay(terminal.Tell, terminal.Tell, PlainPause, TimeProvider.System)),
    };

    /// <inheritdoc/>
    public void Note(string line)
    {
        lock (gate)
            note(line);
    }

    /// <inheritdoc/>
    public void Show(string name, long done, long? total)
    {
        lock (gate)
        {
            if (start.Name != name || done < start.Done)
            {
                start = (name, time.GetTimestamp(), done);
                shown ??= start.Time;
            }
            if (time.GetElapsedTime(shown!.Value) < pause)
                return;
            shown = time.GetTimestamp();
            show(Line(name, done, total));
        }
    }

    private string Line(string name, long done, long? total)
    {
        var seconds = time.GetElapsedTime(start.Time).TotalSeconds;
        var line = $"{name} · {ByteCount.OnDisk(done)}{(total is { } all ? $" of {ByteCount.OnDisk(all)}" : "")}";
        if (seconds <= 0 || done <= start.Done)
            return line;
        var rate = (done - start.Done) / seconds;
        line += $" · {ByteCount.OnDisk((long)rate)}/s";
        return total is { } end ? $"{line} · {Duration((end - done) / rate)} left" : line;
    }

    private static string Duration(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e9)) is { TotalHours: >= 1 } span
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00}");
}

/// <summary>Shows nothing.</summary>
internal sealed class NoFetchDisplay : IFetchDisplay
{
    /// <inheritdoc/>
    public void Note(string line)
    {
    }

    /// <inheritdoc/>
    public void Show(string name, long done, long? total)
    {
    }
}
