using LlmKick.Sdk.Files;
using LlmKick.Tests.Commands;

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
        AssertHoldsCodebooks(Path.Combine(folder, "made", "codebook.safetensors"));
    }

    [Fact]
    public void Guide_Method_IsOneShortFile() =>
        Assert.InRange(Assert.Single(Steps, step => step.File == "ColumnPruning.cs").Lines.Count, 30, MostLines);

    /// <summary>What the guide's format wrote of linears in the guide's encoding: weights to the nearest of 16 values.</summary>
    private static void AssertHoldsCodebooks(string path)
    {
        const string Name = "model.layers.0.mlp.down_proj.weight";
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        using var source = SafetensorsFile.Open(Path.Combine(Tool.Folder, "recipes", "quickstart", "model", "model.safetensors"));
        var (codes, values) = (file.Read($"{Name}.codes"), file.Read($"{Name}.values"));
        var weight = source.Read(Name).to(TorchSharp.torch.float32);
        var decoded = values.index_select(0, codes.flatten().to(TorchSharp.torch.int64)).view(weight.shape);
        Assert.Equal(16, values.numel());
        Assert.InRange((decoded - weight).norm().item<float>() / weight.norm().item<float>(), 0.01f, 0.3f);
    }

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
