using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing.Conformance;

/// <content>A model's files, whole and damaged.</content>
public abstract partial class ModelConformance<TPlugin>
{
    /// <summary>What is known before loading is what is loaded, and does not change.</summary>
    [Fact]
    public async Task Identify_Twice_IsTheSameAndTrue()
    {
        var (one, other) = (Loader().Identify(CancellationToken.None), Loader().Identify(CancellationToken.None));
        Assert.True(one.ContentHash == other.ContentHash && one.TokenizerHash == other.TokenizerHash,
            "Identify gives another hash the second time: hash content alone, no times and no paths.");
        await using var model = Load();
        Assert.True(one.ParameterCount == model.Description.ParameterCount && one.ContextLength == model.Description.ContextLength,
            $"Identify says {one.ParameterCount} parameters and a context of {one.ContextLength}, the loaded model "
                + $"{model.Description.ParameterCount} and {model.Description.ContextLength}.");
        Assert.True(model.Tokenizer is null || model.Tokenizer.Hash == one.TokenizerHash,
            "The loaded tokenizer's hash is not the one that Identify gives.");
        Assert.True(model.Transformer is null || model.Transformer.BlockCount == one.BlockCount,
            $"Identify says {one.BlockCount} blocks, the loaded model has {model.Transformer?.BlockCount}.");
        Assert.True(one.Files.All(Path.Exists), "Identify names files that are not there.");
    }

    /// <summary>Other weights have another hash: results are kept under it.</summary>
    [Fact]
    public void Identify_ChangedFile_HasAnotherHash()
    {
        var before = Loader().Identify(CancellationToken.None).ContentHash;
        var largest = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        var bytes = File.ReadAllBytes(largest);
        bytes[^1] ^= 1;
        var loader = Loader();
        File.WriteAllBytes(largest, bytes);
        var after = before;
        if (Refusal.Allow(() => after = loader.Identify(CancellationToken.None).ContentHash, "The largest file with its last byte changed"))
            Assert.True(before != after, $"ContentHash does not change with '{Path.GetFileName(largest)}': hash all of the weights and the "
                + $"configuration, or stale results are shown.");
    }

    /// <summary>Files that are cut off, empty, damaged or gone are refused or read, never a crash.</summary>
    [Fact]
    public async Task Load_DamagedFiles_AreRefusedOrRead()
    {
        var loader = Loader();
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            var whole = await File.ReadAllBytesAsync(file);
            foreach (var (name, bytes) in DamagedFile.OfBinary(whole))
            {
                await File.WriteAllBytesAsync(file, bytes);
                await Refusal.AllowAsync(() => TryOut(loader), $"'{Path.GetFileName(file)}' that {name}");
            }
            File.Delete(file);
            await Refusal.AllowAsync(() => TryOut(loader), $"'{Path.GetFileName(file)}' that is gone");
            await File.WriteAllBytesAsync(file, whole);
        }
    }

    /// <summary>Weights that end too early, and weights that are not there, are refused by the file's name.</summary>
    [Fact]
    public void Load_LargestFileCutOffOrGone_IsRefused()
    {
        var loader = Loader();
        var largest = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        File.WriteAllBytes(largest, File.ReadAllBytes(largest)[..^100]);
        if (KnowsItsEnd)
            Refusal.Require(() => Load(loader, DataType.Float32), $"'{Path.GetFileName(largest)}' without its last 100 bytes",
                Path.GetFileName(largest));
        File.Delete(largest);
        Refusal.Require(() => Load(loader, DataType.Float32), $"'{Path.GetFileName(largest)}' that is gone");
    }

    /// <summary>A canceled loading stops.</summary>
    [Fact]
    public void Load_Canceled_Stops()
    {
        var loader = Loader();
        var failure = Record.Exception(() => loader.Load(TestContexts.Load(), new CancellationToken(true)));
        Assert.True(failure is OperationCanceledException,
            $"A canceled loading ended with {failure?.GetType().Name ?? "no exception"}: ask the token between tensors.");
    }

    private static async Task TryOut(IModelLoader loader)
    {
        loader.Identify(CancellationToken.None);
        await using var model = Load(loader, DataType.Float32);
        var prompt = model.Tokenizer is { } tokenizer && tokenizer.Encode(Texts[0]) is { Length: > 1 } tokens ? new Prompt("", tokens)
            : new Prompt("", [0, 1]);
        await Answers(model, new GenerateRequest(prompt, 2, []));
    }
}
