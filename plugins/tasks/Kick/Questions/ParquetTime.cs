using System.Globalization;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace LlmKick.Kick.Questions;

/// <summary>Writes dates and times as ISO 8601; parts of a second have six digits, or nine where they are needed.</summary>
internal static class ParquetTime
{
    private const long Second = 1_000_000_000;
    private const long Microsecond = 1_000;

    /// <summary>A value of a column; null where the column has none of these.</summary>
    public static JsonNode? Of(IArrowArray column, int row) => column switch
    {
        Date32Array days => Day(days.GetValue(row)!.Value),
        Date64Array days => Day(days.GetValue(row)!.Value / TimeSpan.MillisecondsPerDay),
        Time32Array times => Clock(times.GetValue(row)!.Value, ((TimeBasedType)times.Data.DataType).Unit),
        Time64Array times => Clock(times.GetValue(row)!.Value, ((TimeBasedType)times.Data.DataType).Unit),
        TimestampArray moments => Moment(moments.GetValue(row)!.Value, (TimestampType)moments.Data.DataType),
        _ => null,
    };

    private static string Day(long days) => Text(DateTime.UnixEpoch.AddDays(days), "yyyy-MM-dd");

    private static string Clock(long value, TimeUnit unit)
    {
        var (seconds, rest) = Parts(value, unit);
        return Text(DateTime.UnixEpoch.AddSeconds(seconds), "HH:mm:ss") + rest;
    }

    private static string Moment(long value, TimestampType type)
    {
        var (seconds, rest) = Parts(value, type.Unit);
        return Text(DateTime.UnixEpoch.AddSeconds(seconds), "yyyy-MM-ddTHH:mm:ss") + rest
            + (string.IsNullOrEmpty(type.Timezone) ? "" : "+00:00");
    }

    /// <summary>Whole seconds, rounded down, and the text of what is over.</summary>
    private static (long Seconds, string Over) Parts(long value, TimeUnit unit)
    {
        var perSecond = unit switch { TimeUnit.Second => 1, TimeUnit.Millisecond => 1_000, TimeUnit.Microsecond => 1_000_000, _ => Second };
        var seconds = Math.DivRem(value, perSecond, out var over);
        if (over < 0)
            (seconds, over) = (seconds - 1, over + perSecond);
        var nanoseconds = over * (Second / perSecond);
        return (seconds, nanoseconds == 0 ? "" : nanoseconds % Microsecond == 0
            ? string.Create(CultureInfo.InvariantCulture, $".{nanoseconds / Microsecond:D6}")
            : string.Create(CultureInfo.InvariantCulture, $".{nanoseconds:D9}"));
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
