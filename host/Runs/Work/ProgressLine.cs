using System.Globalization;
using LlmKick.Sdk;

namespace LlmKick.Runs.Work;

/// <summary>Says in one line how far work has come, how fast it goes and how long it will take.</summary>
/// <param name="time">Tells the time.</param>
internal sealed class ProgressLine(TimeProvider time)
{
    /// <summary>Answers come in groups: the first few say little about the rate.</summary>
    private const double SecondsToTrust = 20;

    private (string Variant, string Stage) current;
    private (long Time, long Done) start;

    /// <summary>The line for an update.</summary>
    public string Of(string variant, ProgressUpdate update)
    {
        if (current != (variant, update.Stage) || update.Done < start.Done)
            (current, start) = ((variant, update.Stage), (time.GetTimestamp(), update.Done));
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{variant} · {update.Stage} · {update.Unit} {update.Done} of {update.Total}");
        var seconds = time.GetElapsedTime(start.Time).TotalSeconds;
        var done = update.Done - start.Done;
        return done <= 0 || seconds <= 0 || (done * 20 < update.Total && seconds < SecondsToTrust) ? line
            : $"{line} · {Rate(done / seconds, update.Unit)} · {Duration((update.Total - update.Done) * seconds / done)} left";
    }

    private static string Rate(double perSecond, string unit) => perSecond >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.#} {unit}s/s")
        : string.Create(CultureInfo.InvariantCulture, $"{perSecond * 60:0.#} {unit}s/min");

    private static string Duration(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
        return span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span.Seconds:00}");
    }
}
