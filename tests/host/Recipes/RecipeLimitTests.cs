using LlmKick.Recipes;

namespace LlmKick.Tests.Recipes;

public sealed class RecipeLimitTests : IDisposable
{
    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Read_BillionLaughs_IsRefused()
    {
        var levels = Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        Assert.Contains("more than 100000 values", Single("a0: &a0 [x]\n" + string.Join('\n', levels)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        Assert.Contains("deeper than 32 levels", Single("a: " + new string('[', 10_000)), StringComparison.Ordinal);

    [Fact]
    public void Read_HugeFile_IsRefused() =>
        Assert.Contains("name a recipe, not data", Single(new string('#', 2_000_000)), StringComparison.Ordinal);

    [Fact]
    public void Read_BinaryFile_IsRefused()
    {
        File.WriteAllBytes(desk.Path, [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))]);
        Assert.NotEmpty(RecipeReader.Read(desk.Path, [], _ => TestCatalog.Working).Problems);
    }

    [Theory]
    [InlineData("gone.yaml")]
    [InlineData("")]
    public void Read_NoSuchFile_IsAProblem(string name) =>
        Assert.Contains("the recipe cannot be read", Assert.Single(RecipeReader.Read(System.IO.Path.Combine(desk.Folder, name), [],
            _ => TestCatalog.Working).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Aliases_AreExpanded() =>
        Assert.Equal(["magnitude-0.5", "wanda-0.5"],
            desk.Variants("- magnitude: &half { sparsity: 0.5 }\n- wanda: *half").Variants.Select(variant => variant.Name));

    [Theory]
    [InlineData("- magnitude: &half { sparsity: 0.5 }\n- wanda: { <<: *half }", "wanda-0.5")]
    [InlineData("- magnitude: &half { sparsity: 0.5 }\n- wanda: { sparsity: 0.6, <<: *half }", "wanda-0.6")]
    [InlineData("- magnitude: &half { sparsity: 0.5 }\n- wanda: { <<: [{ sparsity: 0.7 }, *half] }", "wanda-0.7")]
    public void Read_MergeKey_BringsInWhatIsNotGiven(string entries, string name) =>
        Assert.Equal(["magnitude-0.5", name], desk.Variants(entries).Variants.Select(variant => variant.Name));

    [Theory]
    [InlineData("- &half { magnitude: { sparsity: 0.5 } }\n- *half", "6:3: the name 'magnitude-0.5' is taken by line 5")]
    [InlineData("- dense\n- magnitude: { sparsity: &b x }\n- wanda: { sparsity: *b }",
        "6:26: sparsity: 'x' is not a number", "7:22: sparsity: 'x' is not a number")]
    public void Read_WrongAlias_IsToldWhereItStands(string entries, params string[] problems) => Assert.Collection(
        RecipeDesk.Texts(desk.Read(RecipeDesk.WithVariants(entries))),
        [.. problems.Select(problem => (Action<string>)(text => Assert.StartsWith(problem, text, StringComparison.Ordinal)))]);

    private string Single(string yaml) => Assert.Single(desk.Read(yaml).Problems).Message;
}
