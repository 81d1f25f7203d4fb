using System.Diagnostics;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>A run that goes on while the test does something else; killed at the end.</summary>
internal sealed class RunProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private RunProcess(Process process)
    {
        this.process = process;
        (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public int Id => process.Id;

    /// <summary>Starts a run of a desk's recipe.</summary>
    public static RunProcess Start(RunDesk desk, params string[] more)
    {
        var start = new ProcessStartInfo(Tool.Program, desk.Arguments("out", more)) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach (var (name, value) in desk.Environment)
            start.Environment[name] = value;
        return new RunProcess(Process.Start(start)!);
    }

    /// <summary>Waits until a file is there.</summary>
    public void WaitFor(string file)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(file))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1) && !process.HasExited, $"'{file}' did not appear");
            Thread.Sleep(5);
        }
    }

    /// <summary>Waits for the end; whether it came.</summary>
    public bool Ends(int milliseconds) => process.WaitForExit(milliseconds);

    /// <summary>Sends a signal.</summary>
    public void Signal(string name) => Process.Start("kill", ["-s", name, $"{Id}"]).WaitForExit();

    /// <summary>Kills the run, as by <c>kill -9</c>.</summary>
    public void Kill() => process.Kill();

    /// <summary>What the run left.</summary>
    public ToolResult Result()
    {
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
