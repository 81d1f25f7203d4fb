using System.Text.Json.Nodes;
using LlmKick.Recipes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Recipes;

public sealed class RecipeSchemaTests : IDisposable
{
    private static readonly SchemaCheck Check = new(RecipeSchema.Create(TestCatalog.Working));

    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("{ recovery: 0.95 }", true)]
    [InlineData("{ coverage: 0.9 }", true)]
    [InlineData("{ coverage: 0.9, recovery: 0.95 }", true)]
    [InlineData("{ coverage: 90 }", false)]
    [InlineData("{ recovery: 95 }", false)]
    [InlineData("{ tasks: [] }", false)]
    [InlineData("0.95", false)]
    public void Create_Require_AgreesWithTheReader(string section, bool right)
    {
        var yaml = RecipeDesk.WithVariants("- dense") + $"\nrequire: {section}";
        Assert.Equal(right, Check.Fits(YamlJson.Read(yaml)));
        Assert.Equal(right, desk.Read(yaml).Recipe is not null);
    }

    [Theory]
    [InlineData("- dense", true)]
    [InlineData("- dense:", false)]
    [InlineData("- magnitude: { sparsity: 0.5 }", true)]
    [InlineData("- wanda: { sparsity: [0.3, 0.5], block_size: 64 }", true)]
    [InlineData("- wanda: { pattern: \"2:4\", skip: [1, 2] }", true)]
    [InlineData("- wanda: { pattern: 2:4, skip: [[1], [2]] }", true)]
    [InlineData("- { use: [ { magnitude: { sparsity: 0.1 } }, { wanda: { sparsity: 0.5 } } ], name: two, seeds: [1, 2] }", true)]
    [InlineData("- { use: dense, name: other, model: { transformers: { path: model.gguf, dtype: float16 } } }", true)]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, seeds: 3, calibration: { samples: [8, 16], text: other.txt } }", true)]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, seeds: 0 }", false)]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, calibration: { samples: 0 } }", false)]
    [InlineData("- wnada: { sparsity: 0.5 }", false)]
    [InlineData("- wanda: { sparcity: 0.5 }", false)]
    [InlineData("- wanda: { sparsity: 1 }", false)]
    [InlineData("- wanda: { sparsity: \"0.5\" }", false)]
    [InlineData("- wanda: { sparsity: [] }", false)]
    [InlineData("- wanda: { sparsity: 0.5, skip: 3 }", false)]
    [InlineData("- wanda: { sparsity: 0.5, block_size: 1.5 }", false)]
    [InlineData("- magnitude:\n  sparsity: 0.5", false)]
    [InlineData("- { use: dense, naem: x }", false)]
    [InlineData("- { use: dense, model: { transformers: { dtype: float16 } } }", false)]
    public void Create_Variants_AgreesWithTheReader(string entries, bool right)
    {
        var yaml = RecipeDesk.WithVariants(entries);
        Assert.Equal(right, Check.Fits(YamlJson.Read(yaml)));
        if (entries != "- dense:")
            Assert.Equal(right, desk.Read(yaml).Recipe is not null);
    }

    [Theory]
    [InlineData("- nothing", true)]
    [InlineData("- perplexity: { text: text.txt, window: [512, 1024], mode: fast }", true)]
    [InlineData("- { use: { perplexity: { text: text.txt } }, name: p }", true)]
    [InlineData("- perplexity", false)]
    [InlineData("- perplexity: { window: 512 }", false)]
    [InlineData("- perplexity: { text: text.txt, mode: slow }", false)]
    [InlineData("- { use: nothing, model: x }", false)]
    public void Create_Tasks_AgreesWithTheReader(string entries, bool right)
    {
        var yaml = RecipeDesk.WithTasks(entries);
        Assert.Equal((right, right), (Check.Fits(YamlJson.Read(yaml)), desk.Read(yaml).Recipe is not null));
    }

    [Fact]
    public void Create_Option_HasHelpAndDefault()
    {
        var options =
            RecipeSchema.Create(TestCatalog.Working)["$defs"]!["task_use"]!["anyOf"]![1]!["properties"]!["perplexity"]!["properties"]!;
        Assert.Equal(("Window", 2048), ((string)options["window"]!["description"]!, (int)options["window"]!["default"]!));
    }

    [Fact]
    public void Schema_OfTheTool_FitsEveryRecipe()
    {
        var check = new SchemaCheck(JsonNode.Parse(Tool.Run("schema").Out)!.AsObject());
        foreach (string file in ShippedRecipeTests.Shipped.Concat(ShippedRecipeTests.Development).Select(row => row.Data))
            Assert.True(check.Fits(YamlJson.Read(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, file)))), file);
    }
}
