using LlmKick.Tests.Commands;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>Divergence of the real model, through the tool, against the reference implementation.</summary>
[Trait("Category", "Full")]
public sealed class DivergenceReferenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_WandaHalf_AsReference()
    {
        var golden =
            System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(SharedData.Require("golden/smollm2/divergence-wanda-50.json")))!;
        var run = Tool.Run("run", Path.Combine(SharedData.RepositoryRoot, "tests", "recipes", "smollm2-divergence.yaml"), "--output",
            folder.File("out"), "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var metrics = run.Json["variants"]![1]!["tasks"]!["divergence"]!["metrics"]!;
        foreach (var (metric, expected) in new[]
        {
            ("kl", golden["kl_mean"]!), ("kl.p10", golden["kl_quantiles"]!["0.1"]!), ("kl.p50", golden["kl_quantiles"]!["0.5"]!),
            ("kl.p90", golden["kl_quantiles"]!["0.9"]!),
            ("kl.p99", golden["kl_quantiles"]!["0.99"]!), ("ear", golden["ear_mean"]!), ("top1_agreement", golden["top1_agreement"]!),
            ("delta_p", golden["delta_p_mean"]!), ("delta_p.rms", golden["delta_p_rms"]!),
        })
            Assert.Equal(1, (double)metrics[metric]!["value"]! / (double)expected, 0.01);
    }
}
