using System.Globalization;
using TorchSharp;

namespace LlmKick.Tests.Tensors;

/// <summary>
/// Two threads hand numbers to libtorch while a third collects garbage without pause; every result is compared. The calls of each kind are
/// LLMKICK_NUMBERS (4000 unless given); most of the values are new ones, which are held for a while only.
/// </summary>
[Collection(nameof(NumbersUnderCollectionTests))]
[CollectionDefinition(nameof(NumbersUnderCollectionTests), DisableParallelization = true)]
public sealed class NumbersUnderCollectionTests(ITestOutputHelper output)
{
    private const int Threads = 2;

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("LLMKICK_NUMBERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : 4000;

    public static TheoryData<string> Kinds => [.. NumberCalls.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_UnderConstantCollection_GivesWhatItMust(string kind)
    {
        using var collector = new GarbageCollector();
        var (call, result) = NumberCalls.All[kind];

        var wrong = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread =>
            Task.Factory.StartNew(() => Run(thread, call, result, collector), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

        output.WriteLine($"{kind}: {Count} calls, {collector.Count} collections");
        Assert.All(wrong, Assert.Null);
    }

    /// <returns>The first wrong result; null where all are right.</returns>
    private static string? Run(int thread, Func<NumberCalls, double, torch.Tensor> call, Func<double, double> result,
        GarbageCollector collector)
    {
        var calls = new NumberCalls();
        // On a busy machine all calls may be done before the first collection.
        for (var i = 0; i < Count / Threads || collector.Count == 0; i++)
        {
            using var scope = torch.NewDisposeScope();
            var x = 3 + i + 0.5 * thread;
            var given = call(calls, x).to_type(torch.ScalarType.Float64).item<double>();
            if (given != result(x))
                return string.Create(CultureInfo.InvariantCulture, $"{given} and not {result(x)} for {x}");
        }
        return null;
    }
}
