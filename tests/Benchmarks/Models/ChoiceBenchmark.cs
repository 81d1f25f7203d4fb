using System.Diagnostics;
using LlmKick.Sdk.Models;
using LlmKick.Transformers;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Benchmarks.Models;

/// <summary>Questions of four choices as harness tasks ask them: examples that all share, a question, four continuations.</summary>
internal static class ChoiceBenchmark
{
    private const int Questions = 1000;
    private const int Choices = 4;
    private const int SharedTokens = 160;
    private const int QuestionTokens = 60;
    private const int ChoiceTokens = 4;

    public static async Task PrintAsync(string path)
    {
        await using var model = new TransformersLoader(new TransformersOptions { Path = path, Dtype = DataType.Float32 }).Load(
            new ModelLoadContext { Device = torch.CPU, Logger = NullLogger.Instance }, CancellationToken.None);
        var (random, words) = (new Random(1), Math.Min(model.Tokenizer!.VocabularySize, 4000));
        var shared = Tokens(SharedTokens);
        var asked = Enumerable.Range(0, Questions).Select(_ => (Context: (int[])[.. shared, .. Tokens(QuestionTokens)],
            Choices: Enumerable.Range(0, Choices).Select(_ => Tokens(ChoiceTokens)).ToList())).ToList();
        List<Request> together = [.. asked.Select(one => new ChooseRequest(Of(one.Context), [.. one.Choices.Select(Of)]))];
        // Two first tokens of its own keep a request from sharing anything; it has as many tokens all the same.
        List<Request> apart = [.. asked.SelectMany(one => one.Choices.Select(choice => (one.Context, choice)))
            .Select((one, i) => new ChooseRequest(Of([i / 64, i % 64, .. one.Context[2..]]), [Of(one.choice)]))];
        await Seconds(together[..8]);
        var (sharing, plain) = (await Seconds(together), await Seconds(apart));
        Console.WriteLine($"{Questions} questions of {Choices} choices: {sharing:F1} s; without shared beginnings {plain:F1} s, "
            + $"{plain / sharing:F1} × as long");

        int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(words))];

        async Task<double> Seconds(List<Request> requests)
        {
            var (clock, answered) = (Stopwatch.StartNew(), 0);
            await foreach (var _ in model.AnswerAsync(requests, null, CancellationToken.None))
                answered++;
            return answered == requests.Count ? clock.Elapsed.TotalSeconds : double.NaN;
        }
    }

    private static Prompt Of(int[] tokens) => new("", tokens);
}
