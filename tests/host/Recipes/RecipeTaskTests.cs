namespace LlmKick.Tests.Recipes;

public sealed class RecipeTaskTests : IDisposable
{
    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("- nothing", "nothing")]
    [InlineData("- perplexity: { text: text.txt }", "perplexity")]
    [InlineData("- perplexity: { text: text.txt, window: [512, 1024] }", "perplexity-window512 perplexity-window1024")]
    [InlineData("- perplexity: { text: [text.txt, model.gguf] }", "perplexity-texttext perplexity-textmodel")]
    [InlineData("- { use: { perplexity: { text: text.txt } }, name: wikitext }", "wikitext")]
    [InlineData("- { use: nothing, seeds: [3, 4] }", "nothing-seed3 nothing-seed4")]
    public void Read_Tasks_NamesThem(string entry, string names) =>
        Assert.Equal(names.Split(' '), desk.Tasks(entry).Tasks.Select(task => task.Name));

    [Fact]
    public void Read_Path_IsRelativeToTheRecipe() =>
        Assert.Equal(System.IO.Path.Combine(desk.Folder, "text.txt"),
            ((TestCatalog.TaskOptions)desk.Tasks("- perplexity: { text: ./text.txt }").Tasks[0].Task.Options).Text);

    [Theory]
    [InlineData("- nothing\n- nothing", "5:3: the name 'nothing' is taken by line 4: give this one a 'name' of its own, beside 'use:'.")]
    [InlineData("- use: [nothing, nothing]", "4:18: a second task is named, but a task is one: give each an entry of its own.")]
    [InlineData("- { use: nothing, model: x }", "4:19: tasks: 'model' is not known here. Known: name, seed, seeds, use.")]
    [InlineData("- perplexity", "4:3: perplexity: 'text' is missing: give it (Text).")]
    [InlineData("- perplexity: { text: text.txt, mode: exatc }", "4:39: mode: 'exatc' is not one of fast, exact; did you mean 'exact'?")]
    [InlineData("- perplexity: { text: text.txt, mode: 3 }", "4:39: mode: '3' is not one of fast, exact.")]
    [InlineData("- perplexity: { text: . }", "4:23: text: '.' is a folder: name a file, such as one in it.")]
    public void Read_WrongTask_SaysWhereAndWhy(string entries, string problem) =>
        Assert.Equal([problem], RecipeDesk.Texts(desk.Read(RecipeDesk.WithTasks(entries))));

    [Fact]
    public void Read_JudgedTask_NeedsAJudge()
    {
        Assert.Equal(
            ["4:3: 'judged' has its answers judged, and there is no 'judge:'; add one, such as 'judge: { endpoint: { model: NAME } }', "
                + "or leave 'judge_prompts' out."],
            RecipeDesk.Texts(desk.Read(RecipeDesk.WithTasks("- judged"))));
        var recipe = desk.Read(RecipeDesk.WithTasks("- judged") + "\njudge: { transformers: { path: model.gguf } }\n").Recipe!;
        Assert.Equal("transformers", recipe.Judge!.Component.Name);
        Assert.Equal("transformers", recipe.Resolved["judge"]!.AsObject().Single().Key);
    }

    [Theory]
    [InlineData("[ dense, magnitude: { sparsity: 0.5 } ]", null)]
    [InlineData("[ magnitude: { sparsity: 0.5 } ]", "magnitude-0.5")]
    [InlineData("[ dense, { use: { magnitude: { sparsity: 0.5 } }, model: { transformers: { path: text.txt } } } ]", "magnitude-0.5")]
    [InlineData("[ dense, { use: { magnitude: { sparsity: 0.5 } }, model: { transformers: { path: model.gguf, dtype: bfloat16 } } } ]",
        null)]
    [InlineData("[ dense, { use: dense, name: small, model: { transformers: { path: text.txt } } }, { use: { magnitude: { sparsity: 0.5 "
        + "} }, model: { transformers: { path: text.txt } } } ]", null)]
    public void Read_ComparedTask_NeedsTheDenseModelOfEveryVariant(string variants, string? alone) => Assert.Equal(
        alone is null ? [] : [$"3:10: 'compared' compares with the untouched model's answers, and no variant is the untouched model that "
            + $"'{alone}' starts from: add '- dense' to 'variants', with the same 'model:' where that is its own."],
        RecipeDesk.Texts(desk.Read($"model: {{ transformers: {{ path: model.gguf }} }}\nvariants: {variants}\ntasks: [ compared ]\n")));

    [Fact]
    public void Read_MissingFile_NamesWhereItWasLookedFor() =>
        Assert.Equal(
            [$"4:23: text: 'gone.txt' does not exist: put the file at '{System.IO.Path.Combine(desk.Folder, "gone.txt")}', or "
                + $"name another."],
            RecipeDesk.Texts(desk.Read(RecipeDesk.WithTasks("- perplexity: { text: gone.txt }"))));

    [Fact]
    public void Read_HubNameAsData_IsAMissingFile() =>
        Assert.Single(desk.Read(RecipeDesk.WithTasks("- perplexity: { text: org/name }")).Problems);
}
