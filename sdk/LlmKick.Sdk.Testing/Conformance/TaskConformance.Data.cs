using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Testing.Conformance;

/// <content>A task's data: limited, wrong, damaged, too long.</content>
public abstract partial class TaskConformance<TPlugin>
{
    // Shorter than any prompt, and long enough for one token to be predicted from others.
    private const int ShortContext = 4;

    /// <summary>Wrong data are refused with file and line.</summary>
    [Fact]
    public async Task Samples_WrongData_AreRefusedByFileAndLine()
    {
        foreach (var wrong in Wrong)
        {
            var task = Make();
            Assert.True(File.Exists(_folder.File(wrong.File)),
                $"Options writes no '{wrong.File}': name a file of the valid data in Wrong.");
            _folder.Write(wrong.File, wrong.Content);
            var place = Path.GetFileName(wrong.File) + (wrong.Line is { } line ? $":{line}" : "");
            await Refusal.RequireAsync(() => task.ListSamplesAsync(TestContexts.Task()),
                $"{wrong.File} that holds '{wrong.Content}'", place);
        }
    }

    /// <summary>Data that are cut off, empty, binary or gone are refused or read, never a crash.</summary>
    [Fact]
    public async Task Samples_DamagedData_AreRefusedOrRead()
    {
        var task = Make();
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            var whole = await File.ReadAllBytesAsync(file);
            foreach (var (name, bytes) in DamagedFile.Of(whole))
            {
                await File.WriteAllBytesAsync(file, bytes);
                await Refusal.AllowAsync(() => task.ListSamplesAsync(TestContexts.Task()), $"'{Path.GetFileName(file)}' that {name}");
            }
            File.Delete(file);
            await Refusal.RequireAsync(() => task.ListSamplesAsync(TestContexts.Task()), $"'{Path.GetFileName(file)}' that is gone",
                Path.GetFileName(file));
            await File.WriteAllBytesAsync(file, whole);
        }
    }

    /// <summary>A context that holds next to nothing is refused, or samples are made to fit it.</summary>
    [Fact]
    public async Task Samples_ContextTooShort_AreRefusedOrFit()
    {
        var (task, context) = (Make(), TestContexts.Task(contextLength: ShortContext));
        IReadOnlyList<Sample> samples = [];
        if (await Refusal.AllowAsync(async () => samples = await task.ListSamplesAsync(context),
            $"A model with a context of {ShortContext} tokens"))
            foreach (var request in samples.SelectMany(sample => task.Next(sample, [])))
                Assert.True(RequestCheck.Fault(request, context) is null,
                    $"With a context of {ShortContext} tokens a request {RequestCheck.Fault(request, context)}");
    }

    /// <summary>A canceled reading stops.</summary>
    [Fact]
    public async Task Samples_Canceled_Stop()
    {
        var task = Make();
        var failure = await Record.ExceptionAsync(() => task.ListSamplesAsync(TestContexts.Task(), new CancellationToken(true)));
        Assert.True(failure is OperationCanceledException, $"A canceled reading ended with {failure?.GetType().Name ?? "no exception"}: "
            + $"pass the token to file reading, and ask it between samples.");
    }

    /// <summary>A <c>limit</c> takes that many of the same samples, fewer than without, and never more than there are.</summary>
    [Fact]
    public async Task Samples_Limited_AreThatMany()
    {
        var limit = OptionFacts.Of(Component.OptionsType)
            .FirstOrDefault(option => option.Key == "limit" && option.ElementType == typeof(int));
        Assert.SkipWhen(limit is null, "There is no 'limit' option: long tasks should have one.");
        var (options, all) = (Options(_folder), await Samples(Make()));
        foreach (var count in new[] { 1, 2, all.Count, all.Count + 5 })
        {
            var kept = await Samples((ITask)Create(limit.With(options, count)));
            Assert.True(kept.Count == Math.Min(count, all.Count),
                $"limit: {count} keeps {kept.Count} of {all.Count} samples (Subset.Choose does it right).");
            Assert.True(kept.Select(sample => sample.Id).All(all.Select(sample => sample.Id).Contains),
                "A limit changes ids: number samples before choosing.");
        }
    }
}
