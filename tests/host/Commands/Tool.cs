using System.Diagnostics;
using System.Text;

namespace LlmKick.Tests.Commands;

/// <summary>Starts the built tool as a process, as users do.</summary>
internal static class Tool
{
    /// <summary>The folder that the tool is built to.</summary>
    public static string Folder { get; } = Path.Combine(
        SharedData.RepositoryRoot, "host", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        new DirectoryInfo(AppContext.BaseDirectory).Name);

    /// <summary>The tool's program file.</summary>
    public static string Program { get; } = Path.Combine(Folder, OperatingSystem.IsWindows() ? "llmkick.exe" : "llmkick");

    /// <summary>Runs the tool.</summary>
    public static ToolResult Run(params string[] arguments) => Run(Program, arguments, []);

    /// <summary>Runs the tool with environment variables.</summary>
    public static ToolResult Run(Dictionary<string, string> environment, params string[] arguments) => Run(Program, arguments, environment);

    /// <summary>Runs the tool with some bytes on stdin.</summary>
    public static ToolResult Feed(byte[] input, params string[] arguments) => Run(Program, arguments, [], input);

    /// <summary>Runs the tool with a text on stdin.</summary>
    public static ToolResult Feed(string input, params string[] arguments) => Feed(Encoding.UTF8.GetBytes(input), arguments);

    /// <summary>Runs a shell line in which <c>$TOOL</c> is the tool.</summary>
    public static ToolResult Shell(string line)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "needs bash");
        return Run("/bin/bash", ["-c", line], new() { ["TOOL"] = Program });
    }

    private static ToolResult Run(string program, IEnumerable<string> arguments, Dictionary<string, string> environment,
        byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, error.Result);
    }
}
