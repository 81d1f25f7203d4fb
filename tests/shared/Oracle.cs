using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace LlmKick.Tests;

/// <summary>An independent implementation in <c>tests/oracles</c>, which runs in Node.js.</summary>
internal static class Oracle
{
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "oracles");

    /// <summary>Asks a script, by JSON. Skips the test where Node.js or its packages are missing; under <c>CI=true</c> that is a
    /// failure.</summary>
    public static async Task<JsonElement> AskAsync(string script, object question)
    {
        RequirePackages();
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script)]) { RedirectStandardInput = true,
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var written = WriteAsync(process.StandardInput, question);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}: {await error}");
        await written;
        return JsonDocument.Parse(await output).RootElement;
    }

    private static async Task WriteAsync(StreamWriter input, object question)
    {
        await using (input)
            await input.WriteAsync(JsonSerializer.Serialize(question));
    }

    private static void RequirePackages()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")) && HasNode())
            return;
        const string reason =
            "The independent implementations are not here: install Node.js 20 or newer and run 'npm ci' in tests/oracles.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }

    private static bool HasNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));
}
