using System.Diagnostics;

namespace LlmKick.Tests;

/// <summary>The built tool, run as users run it.</summary>
internal static class LlmKickProcess
{
    /// <summary>The tool's assembly, built with the tests' configuration.</summary>
    public static string Path { get; } =
        System.IO.Path.Combine(SharedData.RepositoryRoot, "host", "bin", Configuration, "net10.0", "llmkick.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Runs the tool to its end.</summary>
    public static Task<ProcessResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>Runs the tool to its end with changed environment variables.</summary>
    public static Task<ProcessResult> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        RunAsync("dotnet", environment, [Path, .. arguments]);

    /// <summary>Runs a program to its end.</summary>
    public static Task<ProcessResult> RunAsync(string program, IReadOnlyDictionary<string, string?> environment,
        params string[] arguments) =>
        RunAsync(new ProcessStartInfo(program, arguments), environment);

    /// <summary>Runs a program to its end with changed environment variables.</summary>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo start, IReadOnlyDictionary<string, string?> environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new ProcessResult(process.ExitCode, await output, await error);
    }
}
