using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Commands;

/// <summary>Which share of the linears was compressed is in the results, said where it is small, and can be required.</summary>
public sealed class CoverageTests : IDisposable
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        calibration: { text: calibration.txt, samples: 4, length: 32 }
        variants:
          - dense
          - magnitude: { sparsity: 0.5 }
          - { use: { rtn: { bits: 8, group_size: 8, exclude: ["*.down_proj"] } }, name: some }
          - { use: [ { rtn: { bits: 8, group_size: 8 } }, { smoothquant: { exclude: ["*.k_proj", "*.gate_proj"] } } ], name: both }
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 20 }
        """;

    private readonly RunDesk desk = new(Recipe);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_Coverage_AddsUpIsSaidAndCanBeRequired()
    {
        var result = desk.Done();
        Assert.Null(Coverage("dense"));
        foreach (var variant in (string[])["magnitude-0.5", "some", "both"])
            RequireSum(variant);
        Assert.Equal((1.0, 0), ((double)Coverage("magnitude-0.5")!["share"]!, Coverage("magnitude-0.5")!["left"]!.AsObject().Count));
        Assert.Equal(["selection"], Coverage("some")!["left"]!.AsObject().Select(reason => reason.Key));
        Assert.Equal(["scaling"], Coverage("both")!["left"]!.AsObject().Select(reason => reason.Key));
        Assert.Equal(4, (int)Coverage("both")!["lost_codes"]!);
        Assert.Contains("4 linears that an earlier step had quantized are floats again", result.Error, StringComparison.Ordinal);

        var share = 100 * (double)Coverage("some")!["share"]!;
        var sentence = string.Create(CultureInfo.InvariantCulture,
            $"Of some: {share:0.#} % of the bytes of the linears' weights are compressed; "
            + $"{100 - share:0.#} % are not selected by the options.");
        Assert.StartsWith(sentence, result.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(sentence, Html(), StringComparison.Ordinal);

        desk.Write("recipe.yaml", Recipe + "\nrequire: { coverage: 0.9 }");
        var gated = desk.Run();
        Assert.Equal(1, gated.ExitCode);
        Assert.Equal(["require: some", "require: both"], gated.ErrorLines.Where(line =>
            line.StartsWith("require: ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(':', 9)]));
        desk.Write("recipe.yaml", Recipe + "\nrequire: { coverage: 0.1 }");
        Assert.Equal(0, desk.Run().ExitCode);
    }

    [Fact]
    public void Run_FromKeptBlocks_ComputesWhatTheFirstRunDid()
    {
        desk.Done();
        var first = Scores();
        Directory.Delete(desk.File("out", "samples"), true);
        desk.Done();
        Assert.Equal(first, Scores());
    }

    private JsonNode? Coverage(string variant) => desk.Results()["variants"]!.AsArray()
        .Single(one => (string)one!["name"]! == variant)!["coverage"];

    private void RequireSum(string variant)
    {
        var coverage = Coverage(variant)!;
        var last = desk.Lines("out", "layers", variant + ".jsonl").GroupBy(line => ((int)line["block"]!, (string)line["linear"]!))
            .Select(linear => linear.Last()).ToList();
        Assert.Equal(last.Sum(line => (long)line["bytes"]!), (long)coverage["bytes"]!);
        Assert.Equal((long)coverage["bytes"]!,
            (long)coverage["compressed"]! + coverage["left"]!.AsObject().Sum(reason => (long)reason.Value!));
        Assert.All(last, line => Assert.Equal((string)line["encoding"]!["kind"]! == "dense", line["left"] is not null));
    }

    private string Html() => File.ReadAllText(desk.File("out", "report.html"));

    private Dictionary<string, string> Scores() => ((string[])["some", "both"]).ToDictionary(variant => variant,
        variant => string.Concat(desk.Lines("out", "samples", variant, "perplexity.jsonl").Select(line => line.ToJsonString())));
}
