using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>Builds a plugin with the task <c>echo</c>: a variant reads what the dense variant wrote, and tells how much of that it would
/// have written.</summary>
internal static class ReferencePlugin
{
    private static readonly string Source = $$"""
        using System; using System.Collections.Generic; using System.Linq; using System.Threading; using System.Threading.Tasks;
        using LlmKick.Sdk; using LlmKick.Sdk.Models; using LlmKick.Sdk.Options; using LlmKick.Sdk.Statistics; using LlmKick.Sdk.Tasks;
        {{TestPlugin.Stamp("1.0")}}
        public sealed class Plugin : IPlugin
        {
            public void Register(IPluginRegistry registry) => registry.AddTask<Settings>("echo", "Echoes the dense variant.", o => new Echo(o));
        }
        public sealed record Settings
        {
            [Option("Tokens")] public int Tokens { get; init; } = 6;
            [Option("Fails on the dense variant")] public bool Fail { get; init; }
        }
        public sealed record Text(string Id, Prompt Prompt) : Sample(Id);
        public sealed class Echo(Settings settings) : ITask
        {
            public IReadOnlyList<MetricDescription> Metrics => [new("nll", false, null, "of the dense variant's answer"), new("dense_nll", false, null, "the dense variant's own")];
            public bool NeedsReference => true;
            public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                await Task.CompletedTask;
                foreach (var word in new[] { "one", "two", "three" })
                    yield return new Text(word, Prompt.Of(word, context.Tokenizer));
            }
            public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) => Next(sample, exchanges, null);
            public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges, IReadOnlyList<Exchange> reference)
            {
                var prompt = ((Text)sample).Prompt;
                if (reference is not null)
                    return exchanges.Count > 0 ? [] : [new RollingRequest([.. prompt.Tokens, .. Written(reference[0])], prompt.Tokens.Count)];
                if (exchanges.Count == 0)
                    return [new GenerateRequest(prompt, settings.Tokens, [])];
                return exchanges.Count > 1 ? [] : [new RollingRequest([.. prompt.Tokens, .. Written(exchanges[0])], prompt.Tokens.Count)];
            }
            public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context, CancellationToken cancellationToken)
            {
                if (settings.Fail && context.Reference is null)
                    throw new LlmKickException("The dense variant is not wanted.");
                var rolling = (RollingResponse)exchanges[^1].Response;
                var dense = context.Reference is { } reference ? Score(reference) : Score(exchanges);
                return new(new Scores(new Dictionary<string, double> { ["nll"] = -rolling.LogProbabilities.Sum(), ["dense_nll"] = dense }));
            }
            public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. ScoreMetrics.Mean("nll", scores), .. ScoreMetrics.Mean("dense_nll", scores)];
            private static double Score(IReadOnlyList<Exchange> exchanges) => -((RollingResponse)exchanges[1].Response).LogProbabilities.Sum();
            private static IReadOnlyList<int> Written(Exchange exchange) => ((GenerateResponse)exchange.Response).Tokens;
        }
        """;

    /// <summary>Builds it into a folder.</summary>
    public static void Build(string folder) => TestAssembly.Compile(Path.Combine(folder, "Contoso.Echo.dll"), Source);
}
