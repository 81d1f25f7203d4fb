using LlmKick.Recipes;
using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Recipes;

public sealed class RecipeVariantTests : IDisposable
{
    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("- dense", "dense")]
    [InlineData("- dense:", "dense")]
    [InlineData("- magnitude: { sparsity: 0.50 }", "magnitude-0.5")]
    [InlineData("- magnitude: { pattern: \"2:4\" }", "magnitude-2of4")]
    [InlineData("- magnitude: { pattern: 2:4 }", "magnitude-2of4")]
    [InlineData("- magnitude: { sparsity: 0.5, block_size: 64 }", "magnitude-0.5")]
    [InlineData("- wanda: { sparsity: [0.3, 0.5] }", "wanda-0.3 wanda-0.5")]
    [InlineData("- wanda: { block_size: [64, 128], sparsity: [0.3, 0.5] }",
        "wanda-0.3-block_size64 wanda-0.5-block_size64 wanda-0.3-block_size128 wanda-0.5-block_size128")]
    [InlineData("- wanda: { sparsity: 0.5, skip: [0, 1] }", "wanda-0.5")]
    [InlineData("- wanda: { sparsity: 0.5, skip: [[0, 1], [2]] }", "wanda-0.5-skip0_1 wanda-0.5-skip2")]
    [InlineData("- { use: { magnitude: { sparsity: 0.5 } }, name: half }", "half")]
    [InlineData("- { use: { magnitude: { sparsity: [0.5, 0.6] } }, name: cut }", "cut-0.5 cut-0.6")]
    [InlineData("- { use: { magnitude: { sparsity: 0.5 } }, seeds: [1, 2] }", "magnitude-0.5-seed1 magnitude-0.5-seed2")]
    [InlineData("- { use: { magnitude: { sparsity: 0.5 } }, seed: 7 }", "magnitude-0.5")]
    [InlineData("- { use: { magnitude: { sparsity: 0.5 } }, seeds: 3 }", "magnitude-0.5-seed0 magnitude-0.5-seed1 magnitude-0.5-seed2")]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, calibration: { samples: [8, 16] } }", "wanda-0.5-samples8 wanda-0.5-samples16")]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, calibration: { samples: 8 }, name: few, seeds: 1 }", "few-seed0")]
    [InlineData("- { use: { wanda: { sparsity: [0.5, 0.6] } }, calibration: { text: [text.txt, other.txt] } }",
        "wanda-0.5-texttext wanda-0.5-textother wanda-0.6-texttext wanda-0.6-textother")]
    [InlineData("- use: [ { magnitude: { sparsity: [0.1, 0.2] } }, { wanda: { sparsity: 0.5 } } ]",
        "magnitude-0.1+wanda-0.5 magnitude-0.2+wanda-0.5")]
    public void Read_Variants_NamesThem(string entry, string names) =>
        Assert.Equal(names.Split(' '), desk.Variants(entry).Variants.Select(variant => variant.Name));

    [Fact]
    public void Read_OrderOfKeys_DoesNotChangeNames() =>
        Assert.Equal("wanda-0.3-block_size64", Assert.Single(desk.Variants("- wanda: { block_size: [64], sparsity: 0.3 }").Variants).Name);

    [Fact]
    public void Read_Options_AreBoundWithDefaults()
    {
        var options = Assert.IsType<TestCatalog.PruneOptions>(
            Assert.Single(Assert.Single(desk.Variants("- wanda: { pattern: 1:4, skip: [3, 5] }").Variants).Stages).Options);
        Assert.Equal(new NmPattern(1, 4), options.Pattern);
        Assert.Equal([3, 5], options.Skip);
        Assert.Null(options.Sparsity);
        Assert.Equal(128, options.BlockSize);
    }

    [Fact]
    public void Read_Given_IsInDeclarationOrderWithoutDefaults() =>
        Assert.Equal("""{"sparsity":0.3,"block_size":64}""",
            desk.Variants("- wanda: { block_size: 64, sparsity: [0.3] }").Variants[0].Stages[0].Given.ToJsonString());

    [Fact]
    public void Read_Seeds_GoToVariants() =>
        Assert.Equal([1, 2, 9, 5], desk.Variants("""
            - { use: dense, name: a, seeds: [1, 2] }
            - { use: dense, name: b, seed: 9 }
            - dense
            """, "seed: 5").Variants.Select(variant => variant.Seed));

    [Fact]
    public void Read_OwnCalibration_StandsOverTheRecipes()
    {
        var recipe = desk.Variants("""
            - wanda: { sparsity: 0.5 }
            - { use: { wanda: { sparsity: 0.5 } }, calibration: { samples: 8, take: random }, name: own }
            """, "calibration: { text: text.txt, samples: 16, length: 64 }");
        Assert.Equal((16, 64, CalibrationTake.First), Told(recipe.Variants[0]));
        Assert.Equal((8, 64, CalibrationTake.Random), Told(recipe.Variants[1]));
        Assert.EndsWith("text.txt", recipe.Variants[1].Calibration!.Text, StringComparison.Ordinal);
        Assert.Equal("""{"samples":8,"take":"random"}""", recipe.Variants[1].OwnCalibration!.ToJsonString());
        Assert.Equal("text.txt", System.IO.Path.GetFileName(desk
            .Variants("- { use: { wanda: { sparsity: 0.5 } }, calibration: { text: text.txt } }", "").Variants[0].Calibration!.Text));

        static (int, int, CalibrationTake) Told(VariantSpec variant) =>
            (variant.Calibration!.Samples, variant.Calibration.Length, variant.Calibration.Take);
    }

    [Fact]
    public void Read_Seeds_DecideWhatCalibrationDraws()
    {
        const string Entries = "- { use: { wanda: { sparsity: 0.5 } }, seeds: [4, 6] }\n- { use: { wanda: { sparsity: 0.5 } }, seed: 4, "
            + "name: one }\n- wanda: { sparsity: 0.5 }";
        Assert.Equal([(4, true), (6, true), (4, true), (2, false)], Drawn("take: first"));
        Assert.Equal([(4, false), (6, false), (4, false), (2, false)], Drawn("take: random"));
        Assert.Equal([(9, false), (9, false), (9, false), (9, false)], Drawn("take: first, seed: 9"));
        Assert.Equal(["wanda-0.5", "wanda-0.5", null, null], desk.Variants(Entries).Variants.Select(variant => variant.Group));

        IEnumerable<(int?, bool)> Drawn(string take) =>
            desk.Variants(Entries, $"seed: 2\ncalibration: {{ text: text.txt, {take} }}")
                .Variants.Select(variant => (variant.Calibration!.Seed, variant.Calibration.IsShuffled));
    }

    [Fact]
    public void Read_OwnModel_ReplacesTheRecipes()
    {
        File.WriteAllText(System.IO.Path.Combine(desk.Folder, "other.gguf"), "");
        var recipe = desk.Variants("- dense\n- { use: dense, name: other, model: { transformers: { path: other.gguf } } }");
        Assert.Same(recipe.Model, recipe.Variants[0].Model);
        Assert.EndsWith("other.gguf", ((TestCatalog.ModelOptions)recipe.Variants[1].Model.Options).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- dense\n- dense", "6:3: the name 'dense' is taken by line 5: give this one a 'name' of its own, beside 'use:'.")]
    [InlineData("- { use: dense, name: A }\n- { use: dense, name: a }",
        "6:3: the name 'a' is taken by line 5: give this one a 'name' of its own, beside 'use:'.")]
    [InlineData("- magnitude: { sparsity: [0.5, 0.50] }",
        "5:3: the name 'magnitude-0.5' is taken by line 5: give this one a 'name' of its own, beside 'use:'.")]
    [InlineData("- { use: { magnitude: { sparsity: 0.5 } }, name: dense }",
        "5:3: the name 'dense' is the untouched model's: choose another.")]
    [InlineData("- { use: dense, name: a/b }", "5:23: variants: name: the name 'a/b' cannot be a file's: use letters of English, digits "
        + "and . _ + - with a letter or digit at both ends.")]
    [InlineData("- { use: dense, name: nul }", "5:23: variants: name: the name 'nul' is reserved on Windows: choose another.")]
    [InlineData("- { use: dense, seed: 1, seeds: [2] }", "5:23: variants: seed: both 'seed' and 'seeds' are given: keep one.")]
    [InlineData("- { use: dense, seeds: 0 }", "5:24: seeds: '0' is not how many there are, a whole number from 1 to 1000, nor a "
        + "list: write one of these, such as 3 or [4, 5].")]
    [InlineData("- { use: dense, seeds: -1 }", "5:24: seeds: '-1' is not how many there are, a whole number from 1 to 1000, nor a "
        + "list: write one of these, such as 3 or [4, 5].")]
    [InlineData("- { use: dense, seeds: 010 }", "5:24: seeds: '010' is not how many there are, a whole number from 1 to 1000, nor a "
        + "list: write one of these, such as 3 or [4, 5].")]
    [InlineData("- { use: dense, seed: 010 }",
        "5:23: seed: '010' begins with a zero, which readers of YAML take differently (010 is 8 to some): write 10.")]
    [InlineData("- wanda: { sparsity: 00.5 }",
        "5:22: sparsity: '00.5' begins with a zero, which readers of YAML take differently (010 is 8 to some): write 0.5.")]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, calibration: { samples: 0 } }",
        "5:64: samples: '0' is out of range: write a whole number from 1 to 1000000.")]
    [InlineData("- { use: { wanda: { sparsity: 0.5 } }, calibration: { lenth: 8 } }",
        "5:55: calibration: 'lenth' is not known here; did you mean 'length'? Known: text, text_column, messages, samples, length, "
        + "take, seed, experts.")]
    [InlineData("- { use: dense, calibration: { samples: 8 } }",
        "5:30: calibration: the untouched model looks at no calibration data: leave it out.")]
    [InlineData("- { use: [] }", "5:10: variants: 'use' is an empty list: name at least one.")]
    [InlineData("- { use: dense, modle: x }",
        "5:17: variants: 'modle' is not known here; did you mean 'model'? Known: name, seed, seeds, use, model, save, calibration.")]
    [InlineData("- magnitude:\n  sparsity: 0.5", "6:3: 'sparsity' stands beside 'magnitude', but one compressor is named here: indent "
        + "its options below it, or name it after 'use:' with the rest beside.")]
    [InlineData("- [dense]", "5:3: a list is given where a compressor must be: name one of magnitude, wanda, dense.")]
    [InlineData("- wnada: { sparsity: 0.5 }",
        "5:3: 'wnada' is not a known compressor; did you mean 'wanda'? Known: magnitude, wanda, dense.")]
    [InlineData("- perplexity", "5:3: 'perplexity' is not a known compressor. It is a task: move it to 'tasks'.")]
    [InlineData("- wanda: 0.5", "5:10: wanda: '0.5' is given where options must be: write 'key: value' pairs.")]
    [InlineData("- wanda: { sparcity: 0.5 }",
        "5:12: wanda: 'sparcity' is not known here; did you mean 'sparsity'? Known: sparsity, pattern, block_size, skip.")]
    [InlineData("- wanda: { sparsity: [] }", "5:22: sparsity: the list is empty: give at least one value.")]
    [InlineData("- wanda: { sparsity: 1 }", "5:22: sparsity: '1' is out of range: write a number from 0 to 0.99.")]
    [InlineData("- wanda: { sparsity: [0.5, half] }", "5:28: sparsity: 'half' is not a number from 0 to 0.99: write one.")]
    [InlineData("- wanda: { sparsity: \"0.5\" }",
        "5:22: sparsity: '0.5' is text, being in quotes: write a number from 0 to 0.99 without them.")]
    [InlineData("- wanda: { sparsity: 0.5, block_size: }",
        "5:39: block_size: no value is given: write a whole number of at least 1, or leave 'block_size' out.")]
    [InlineData("- wanda: { sparsity: 0.5, skip: 3 }", "5:33: skip: '3' is not a list: write [ … ], each item a whole number.")]
    [InlineData("- wanda: { pattern: 4:2 }", "5:21: pattern: '4:2' cannot be read: write N:M with 1 ≤ N < M ≤ 32, such as \"2:4\".")]
    [InlineData("- wanda", "5:3: wanda: sparsity: give one of sparsity and pattern.")]
    public void Read_WrongVariant_SaysWhereAndWhy(string entries, string problem) =>
        Assert.Equal([problem], RecipeDesk.Texts(desk.Read(RecipeDesk.WithVariants(entries))));

    [Fact]
    public void Read_NoCalibration_IsAProblemOfMethodsThatNeedOne() =>
        Assert.Equal(
            ["6:3: 'wanda' looks at the model's inputs, but the recipe has no calibration text: add a section such as 'calibration: { "
                + "text: FILE, samples: 128, length: 2048 }'."],
            RecipeDesk.Texts(desk.Read(RecipeDesk.WithVariants("- magnitude: { sparsity: 0.5 }\n- wanda: { sparsity: [0.5, 0.6] }", ""))));

    [Fact]
    public void Read_TooManyCombinations_IsRefused() =>
        Assert.Contains("more than 1000 settings", Assert.Single(desk.Read(RecipeDesk.WithVariants(
            $"- wanda: {{ sparsity: [{string.Join(", ", Enumerable.Range(0, 40).Select(i => $"0.{i + 10}"))}], block_size: "
                + $"[{string.Join(", ", Enumerable.Range(1, 40))}] }}")).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_PluginThatFailedToLoad_IsNamedAsTheLikelyOwner()
    {
        using var broken = new RecipeDesk { Catalog = TestCatalog.WithBroken };
        Assert.Equal(
            ["5:3: 'awq' is not a known compressor. Known: magnitude, wanda, dense. The plugin 'Test.Broken' may have it, but cannot be "
                + "used: It is damaged. Copy it again."],
            RecipeDesk.Texts(broken.Read(RecipeDesk.WithVariants("- awq"))));
    }
}
