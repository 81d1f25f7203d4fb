using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Recipes;

public sealed class RecipeSectionTests : IDisposable
{
    private const string Rest = "variants: [dense]\ntasks: [nothing]";
    private const string Minimal = "model: { transformers: { path: model.gguf } }\n" + Rest;

    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Read_Minimal_HasDefaults()
    {
        var recipe = RecipeDesk.Right(desk.Read(Minimal));
        Assert.Equal(("recipe", 0, null, null, DataType.Auto), (recipe.Name, recipe.Seed, recipe.Output, recipe.Device, recipe.DataType));
        Assert.Null(recipe.Calibration);
    }

    [Fact]
    public void Read_Sections_AreTaken()
    {
        var recipe = RecipeDesk.Right(desk.Read(Minimal + "\nname: mine\nseed: 3\noutput: out/here\ndevice: cuda:1\ndtype: "
            + "bfloat16\ncalibration: { text: text.txt, samples: 4, take: documents }"));
        Assert.Equal(
            ("mine", 3, System.IO.Path.Combine(desk.Folder, "out", "here"), "cuda:1", DataType.Bfloat16),
            (recipe.Name, recipe.Seed, recipe.Output, recipe.Device, recipe.DataType));
        Assert.Equal(new CalibrationSpec { Text = System.IO.Path.Combine(desk.Folder, "text.txt"), Samples = 4,
            Take = CalibrationTake.Documents, Seed = 3 }, recipe.Variants[0].Calibration);
    }

    [Fact]
    public void Read_HubName_IsLeftAlone() =>
        Assert.Equal("org/some-model", Path(desk.Read("model: { transformers: { path: org/some-model } }\n" + Rest)));

    [Fact]
    public void Read_FolderThatLooksLikeAHubName_IsTheFolder()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(desk.Folder, "org", "here"));
        Assert.Equal(System.IO.Path.Combine(desk.Folder, "org", "here"),
            Path(desk.Read("model: { transformers: { path: org/here } }\n" + Rest)));
    }

    [Fact]
    public void ReadAgain_HubName_IsLeftAlone()
    {
        File.WriteAllText(desk.Path, "model: { transformers: { path: org/some-model } }\n" + Rest);
        Assert.Equal("org/some-model", Path(RecipeReader.ReadAgain(desk.Path, _ => desk.Catalog)));
    }

    [Fact]
    public void Read_QuotedNonBreakingSpace_IsText() =>
        Assert.Equal("in\u00A0the\u00A0dark",
            RecipeDesk.Right(desk.Read(Minimal + "\noutput: \"in\u00A0the\u00A0dark\"")).Output![(desk.Folder.Length + 1)..]);

    [Fact]
    public void Read_Resolved_IsTheSameForTheSameRecipeInOtherWords() =>
        Assert.Equal(
            RecipeDesk.Right(desk.Read(Minimal)).Resolved.ToJsonString(),
            RecipeDesk.Right(desk.Read("tasks: [{ nothing: }]\nvariants: [{ use: dense }]\nmodel:\n  transformers:\n    path: model.gguf"))
                .Resolved.ToJsonString());

    [Theory]
    [InlineData(Rest, "1:1: model: the section is missing: name a model, such as 'model: { transformers: { path: FOLDER } }'.")]
    [InlineData("model: model.gguf\n" + Rest, "1:8: 'model.gguf' is not a known kind of model. Write which kind of model it is: { KIND: "
        + "{ path: model.gguf } }, KIND being one of transformers.")]
    [InlineData("model: { transformers: { path: gone.gguf, dtype: float32 } }\n" + Rest, "*does not exist*")]
    [InlineData("model: { transformers: { path: models/gone.gguf } }\n" + Rest, "*does not exist*")]
    [InlineData("model: { transformers: { path: [model.gguf, text.txt] } }\n" + Rest,
        "1:32: path: a list is not text: write a single value.")]
    [InlineData(Minimal + "\ndevice: gpu", "4:9: device: 'gpu' cannot be read: write cpu, cuda or cuda:n, such as cuda:0.")]
    [InlineData(Minimal + "\ndtype: fp16", "4:8: dtype: 'fp16' is not one of auto, float32, bfloat16, float16.")]
    [InlineData(Minimal + "\nsede: 3", "4:1: recipe: 'sede' is not known here; did you mean 'seed'? Known: name, output, seed, device, "
        + "dtype, keep_compressed, plugins, model, judge, calibration, variants, tasks, require, references.")]
    [InlineData(Minimal + "\nrequire: { recovery: 95 }", "4:22: recovery: '95' is out of range: write a number from 0 to 2.")]
    [InlineData(Minimal + "\nrequire: {}", "*neither recovery nor coverage is given*")]
    [InlineData(Minimal + "\nrequire: { coverage: 0.9, tasks: [nothing] }", "*tasks are what recovery holds for*")]
    [InlineData(Minimal + "\nrequire: { recovery: 0.95, tasks: [nothng] }",
        "4:10: require: tasks: there is no task 'nothng'; did you mean 'nothing'? There are: nothing.")]
    [InlineData(Minimal + "\nseed: 3\nseed: 4", "5:1: 'seed' is given twice, first in line 4: keep one.")]
    [InlineData(Minimal + "\nplugins: [gone]", "*does not exist*")]
    [InlineData(Minimal + "\nplugins: [text.txt]", "4:11: plugins: 'text.txt' is a file: name a folder, such as the one that it is in.")]
    [InlineData(Minimal + "\ncalibration: text.txt",
        "4:14: calibration: 'text.txt' is given where options must be: write 'key: value' pairs.")]
    [InlineData(Minimal + "\n---\nname: x",
        "4:1: a second YAML document begins here: a recipe is one document; put the other one into a file of its own.")]
    [InlineData("", "1:1: the recipe has no sections: write 'model:', 'variants:' and 'tasks:', each with what belongs to it below.")]
    [InlineData("# nothing\n",
        "1:1: the recipe has no sections: write 'model:', 'variants:' and 'tasks:', each with what belongs to it below.")]
    [InlineData("- model",
        "1:1: the recipe has no sections: write 'model:', 'variants:' and 'tasks:', each with what belongs to it below.")]
    [InlineData("model: { transformers: { path: model.gguf } }\nvariants: []\ntasks: [nothing]",
        "2:11: variants: a list is not a list with entries: list at least one, such as '- dense'.")]
    [InlineData("model: { transformers: { path: model.gguf } }\nvariants: [dense]",
        "1:1: tasks: the section is missing: list at least one, such as '- perplexity: { text: FILE }'.")]
    [InlineData(Minimal + "\nname: !secret x", "4:7: the tag '!secret' means nothing in a recipe: leave it out.")]
    [InlineData(Minimal + "\nname: a/../../b",
        "4:7: name: 'a/../../b' cannot be the name of a folder in 'runs': leave out / \\ and :, or give the folder by `output`.")]
    [InlineData(Minimal + "\nname: ..",
        "4:7: name: '..' cannot be the name of a folder in 'runs': leave out / \\ and :, or give the folder by `output`.")]
    [InlineData("variants:\n\t- dense\n" + Minimal, "2:1: a tab stands in the indentation, where YAML knows spaces alone: write spaces.")]
    [InlineData(Minimal + "\nrequire:\n\trecovery: 0.9",
        "5:1: a tab stands in the indentation, where YAML knows spaces alone: write spaces.")]
    [InlineData(Minimal + "\nrequire: { recovery:\u00A00.9 }", "4:21: U+00A0, a non-breaking space, stands here, which looks like a "
        + "space or like nothing and is neither: write a space, or put quotes around a text that needs it.")]
    [InlineData(Minimal + "\nrequire:\n\u00A0\u00A0recovery: 0.9", "5:1: U+00A0, a non-breaking space, stands here, which looks like a "
        + "space or like nothing and is neither: write a space, or put quotes around a text that needs it.")]
    [InlineData(Minimal + "\nseed:\u200B3", "4:6: U+200B stands here, which looks like a space or like nothing and is neither: write a "
        + "space, or put quotes around a text that needs it.")]
    [InlineData(Minimal + "\nrequire: { <<: 3, recovery: 0.9 }",
        "4:16: '<<' brings in the keys of a map, and this is none: name a map, such as '<<: *defaults'.")]
    [InlineData("model: { transformers: [\n", "*mend the YAML here or just before.")]
    [InlineData(Minimal + "\nname: *gone",
        "4:7: '*gone' stands for nothing: define it before with '&gone': mend the YAML here or just before.")]
    public void Read_WrongRecipe_SaysWhereAndWhy(string yaml, string problem)
    {
        var text = Assert.Single(RecipeDesk.Texts(desk.Read(yaml)));
        if (problem.Contains('*', StringComparison.Ordinal) && !problem.Contains("*gone", StringComparison.Ordinal))
            Assert.Contains(problem.Trim('*'), text, StringComparison.Ordinal);
        else
            Assert.Equal(problem, text);
    }

    [Fact]
    public void Read_ManyFaults_ReportsAllInTheOrderOfTheFile() =>
        Assert.Equal([2, 3, 5, 6], desk.Read("""
            name: x
            model: { transfrmers: { path: model.gguf } }
            calibration: { text: text.txt, samples: 0 }
            variants:
              - wanda: { sparsity: 2 }
            tasks: [perplexty]
            """).Problems.Select(problem => problem.Line));

    [Fact]
    public void Read_PluginFolderThatHoldsNone_IsAProblemOfThePluginsSection()
    {
        File.WriteAllText(desk.Path, Minimal + "\nplugins: [.]");
        var result = RecipeReader.Read(desk.Path, [], folders => folders.Count > 0 ? throw new LlmKickException("It holds no plugin.")
            : TestCatalog.Working);
        Assert.Equal(["4:10: plugins: It holds no plugin."], RecipeDesk.Texts(result));
    }

    [Fact]
    public void Read_PluginFolders_AreAbsolute()
    {
        IReadOnlyList<string> asked = [];
        File.WriteAllText(desk.Path, Minimal + "\nplugins: [.]");
        RecipeReader.Read(desk.Path, [], folders => { asked = folders; return TestCatalog.Working; });
        Assert.Equal([desk.Folder], asked.Select(System.IO.Path.TrimEndingDirectorySeparator));
    }

    private static string Path(RecipeResult result) => ((TestCatalog.ModelOptions)RecipeDesk.Right(result).Model.Options).Path;
}
