namespace LlmKick.Tests.ThirdParties;

[Collection(ThirdPartyTests.Name)]
public sealed class GuideTests(StrangersMachine machine)
{
    private const int MostLines = 60;

    private static IReadOnlyList<GuideStep> Steps { get; } =
        [.. GuideStep.Read(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "sdk", "GUIDE.md")))];

    [Fact]
    public async Task Guide_FollowedToTheLetter_DoesWhatItPromises()
    {
        var folder = machine.Make("Contoso.Columns");
        foreach (var step in Steps)
            if (step.File is { } file)
                File.WriteAllLines(Path.Combine(folder, file), step.Lines);
            else
                foreach (var (command, promised) in step.Commands().Where(CanRun))
                    Check(command, promised, await machine.RunAsync(folder, command));
        Assert.SkipUnless(StrangersMachine.HasQuickstartModel,
            "All but 'llmkick run' was tried: the quickstart's model is not in recipes/quickstart/model.");
    }

    [Fact]
    public void Guide_Method_IsOneShortFile() =>
        Assert.InRange(Assert.Single(Steps, step => step.File == "ColumnPruning.cs").Lines.Count, 30, MostLines);

    private static bool CanRun((string Command, IReadOnlyList<string> Promised) step) =>
        StrangersMachine.HasQuickstartModel || !(step.Command.StartsWith("llmkick run", StringComparison.Ordinal)
            || step.Command.StartsWith("llmkick report", StringComparison.Ordinal));

    private static void Check(string command, IReadOnlyList<string> promised, ProcessResult result)
    {
        var output = result.Output + result.Error;
        Assert.True(result.ExitCode == 0 || promised.Any(line => line.Contains(": error ", StringComparison.Ordinal)),
            $"$ {command}\n{output}");
        var from = 0;
        foreach (var line in promised)
        {
            var at = output.IndexOf(line, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"$ {command}\nThe guide promises '{line}'. It printed:\n{output}");
            from = at + line.Length;
        }
    }
}
