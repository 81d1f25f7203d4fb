using LlmKick.Commands;
using LlmKick.Sdk;

namespace LlmKick.Tests.Commands;

public sealed class PlainDisplayTests
{
    [Fact]
    public void Show_ManyUpdates_WritesOneLineEveryThreeSeconds()
    {
        var (time, written) = (new Clock(), new StringWriter());
        var display = new PlainDisplay(written, time);
        for (var done = 0; done <= 100; done++)
        {
            display.Show("dense", new ProgressUpdate("mmlu", done, 100, "sample"));
            time.Advance(TimeSpan.FromSeconds(0.1));
        }
        Assert.Equal(["0", "30", "60", "90"], Lines(written).Select(line => line.Split(' ')[5]));
    }

    [Fact]
    public void Show_WorkThatGoesOn_TellsRateAndTimeLeft()
    {
        var (time, written) = (new Clock(), new StringWriter());
        var display = new PlainDisplay(written, time);
        display.Show("dense", new ProgressUpdate("mmlu", 10, 100, "sample"));
        time.Advance(TimeSpan.FromSeconds(30));
        display.Show("dense", new ProgressUpdate("mmlu", 70, 100, "sample"));
        Assert.Equal(["dense · mmlu · sample 10 of 100", "dense · mmlu · sample 70 of 100 · 2 samples/s · 0:15 left"], Lines(written));
    }

    [Fact]
    public void Fetch_Downloads_TellSizeRateAndTimeLeft()
    {
        var (time, notes, shown) = (new Clock(), new List<string>(), new List<string>());
        var display = new FetchDisplay(notes.Add, shown.Add, TimeSpan.FromSeconds(3), time);
        display.Note("Fetching org/name: 4.00 GB");
        for (var done = 0L; done <= 4_000_000_000; done += 100_000_000)
        {
            display.Show("org/name", done, 4_000_000_000);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(["Fetching org/name: 4.00 GB"], notes);
        Assert.Equal("org/name · 300.0 MB of 4.00 GB · 100.0 MB/s · 0:37 left", shown[0]);
        Assert.Equal(13, shown.Count);
    }

    [Fact]
    public void Note_AnyTime_IsWritten()
    {
        var written = new StringWriter();
        var display = new PlainDisplay(written, new Clock());
        display.Show("dense", new ProgressUpdate("mmlu", 0, 100, "sample"));
        display.Note("dense/mmlu failed");
        Assert.Equal("dense/mmlu failed", Lines(written)[^1]);
    }

    private static string[] Lines(StringWriter written) => written.ToString()
        .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class Clock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan span) => now += span.Ticks;
    }
}
