using LlmKick.Recipes;

namespace LlmKick.Tests.Recipes;

public sealed class OverrideTests : IDisposable
{
    private static readonly string Recipe = RecipeDesk.WithVariants("- dense\n- wanda: { sparsity: 0.5 }");

    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("seed=5", "$.seed", "5")]
    [InlineData("calibration.samples=8", "$.calibration.samples", "8")]
    [InlineData("model.transformers.dtype=bfloat16", "$.model.transformers.dtype", "\"bfloat16\"")]
    [InlineData("variants[1].wanda.sparsity=0.6", "$.variants[1].name", "\"wanda-0.6\"")]
    [InlineData("variants[1]={ magnitude: { sparsity: 0.1 } }", "$.variants[1].name", "\"magnitude-0.1\"")]
    [InlineData("variants.wanda.sparsity=0.6", "$.variants[1].name", "\"wanda-0.6\"")]
    [InlineData("variants.wanda={ sparsity: 0.1 }", "$.variants[1].name", "\"wanda-0.1\"")]
    [InlineData("name=a=b", "$.name", "\"a=b\"")]
    public void Read_Override_WinsOverTheFile(string text, string path, string value)
    {
        var node = RecipeDesk.Right(desk.Read(Recipe, text)).Resolved;
        Assert.Equal(value, path.Split('.', '[', ']').Skip(1).Where(step => step != "")
            .Aggregate((System.Text.Json.Nodes.JsonNode)node, (at, step) => int.TryParse(step, out var index) ? at[index]! : at[step]!)
            .ToJsonString());
    }

    [Theory]
    [InlineData("- magnitude: { sparsity: 0.5 }\n- use: { wanda: { sparsity: 0.5 } }\n  name: mine", "variants.wanda.sparsity=0.6",
        "wanda", 0.6)]
    [InlineData("- use: [{ magnitude: { sparsity: 0.5 } }, { wanda: { sparsity: 0.5 } }]", "variants.magnitude.sparsity=0.6",
        "magnitude", 0.6)]
    [InlineData("- magnitude", "variants.magnitude.sparsity=0.6", "magnitude", 0.6)]
    public void Read_OverrideByName_FindsItInEveryForm(string entries, string text, string name, double sparsity)
    {
        var stages = RecipeDesk.Right(desk.Read(RecipeDesk.WithVariants(entries), text)).Variants.SelectMany(variant => variant.Stages);
        Assert.Equal(sparsity, ((TestCatalog.PruneOptions)stages.Single(stage => stage.Component.Name == name).Options).Sparsity);
    }

    [Fact]
    public void Read_OverrideByNameThatStandsTwice_AsksForAPosition() =>
        Assert.Equal(
            ["1:10: 'wanda' stands there 2 times: write the position of the one you mean, [0] or [2]."],
            RecipeDesk.Texts(desk.Read(RecipeDesk.WithVariants("- wanda: { sparsity: 0.5 }\n- dense\n- wanda: { sparsity: 0.6 }"),
                "variants.wanda.sparsity=0.1")));

    [Fact]
    public void Read_OverrideOfASectionThatIsMissing_AddsIt() =>
        Assert.Equal(9, RecipeDesk.Right(desk
            .Read(RecipeDesk.WithVariants("- dense", ""), $"calibration.text={desk.Path}", "calibration.samples=9")).Calibration!.Samples);

    [Fact]
    public void Read_RelativePathInOverride_IsRelativeToTheCurrentFolder()
    {
        var file = Directory.GetFiles(Directory.GetCurrentDirectory())[0];
        Assert.Equal(file, RecipeDesk.Right(desk.Read(Recipe, $"calibration.text={System.IO.Path.GetFileName(file)}")).Calibration!.Text);
    }

    [Theory]
    [InlineData("seed", "1:1: an override must be path=value: write keys and names with dots between them and positions in brackets, "
        + "such as tasks.perplexity.limit=4 or tasks[0].perplexity.limit=4.")]
    [InlineData("calibration.smaples=8",
        "1:13: calibration: 'smaples' is not known here; did you mean 'samples'? Known: text, text_column, messages, samples, length, "
        + "take, seed, experts.")]
    [InlineData("calibration.samples=many", "1:21: samples: 'many' is not a whole number from 1 to 1000000: write one.")]
    [InlineData("variants[2]=dense", "1:9: the list has no item [2]: its items are [0] to [1].")]
    [InlineData("variants.wnada.sparsity=0.6",
        "1:10: the list has no 'wnada'; did you mean 'wanda'? It has dense, wanda: write one of these, or a position, [0] to [1].")]
    [InlineData("variants[0].sparsity=1",
        "1:13: 'sparsity' is given below 'dense', which has nothing below it: override that value itself.")]
    [InlineData("model[0]=1", "1:6: '[0]' is given where keys are: write one of transformers.")]
    public void Read_WrongOverride_IsAProblemOfTheOverride(string text, string problem)
    {
        var result = desk.Read(Recipe, text);
        Assert.Equal([problem], RecipeDesk.Texts(result));
        Assert.Equal($"--set '{text}'", result.Problems[0].File);
    }
}
