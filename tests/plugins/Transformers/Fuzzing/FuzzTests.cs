using System.Globalization;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>
/// Every reader against mutants of valid files. The number of mutants a format is LLMKICK_FUZZ (1500 unless given), the first one
/// LLMKICK_FUZZ_FIRST; LLMKICK_FUZZ_ONLY names formats.
/// </summary>
[Collection(nameof(FuzzTests))]
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly int Count = Setting("LLMKICK_FUZZ", 1500);
    private static readonly int First = Setting("LLMKICK_FUZZ_FIRST", 0);

    public static TheoryData<string> Formats =>
        [.. FuzzTargets.Names.Where(name => Environment.GetEnvironmentVariable("LLMKICK_FUZZ_ONLY")?.Split(',').Contains(name) ?? true)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_Mutants_SucceedOrSayOneSentence(string format)
    {
        var fuzzer = new Fuzzer(FuzzTargets.Create(format));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        fuzzer.Run(First, Count);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{format}: {Count} mutants, {fuzzer.PastHeader} past the header, "
            + $"{fuzzer.Accepted} read to the end, {watch.Elapsed.TotalSeconds:0} s"));
        Assert.InRange(fuzzer.PastHeader, Count * 30 / 100, Count);
        Assert.InRange(fuzzer.Accepted, 0, Count - 1);
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : otherwise;
}
