using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>Builds a plugin with a kind of request of its own, the length of the last hidden state, and the task <c>states</c> that asks
/// it.</summary>
internal static class RequestPlugin
{
    /// <summary>What registers the kind.</summary>
    public const string Registered = """registry.AddRequest<LengthRequest, LengthResponse>("length", "How long the last state is.");""";

    private static string Source(string register) => $$"""
        using System; using System.Collections.Generic; using System.Linq; using System.Threading; using System.Threading.Tasks;
        using LlmKick.Sdk; using LlmKick.Sdk.Models; using LlmKick.Sdk.Models.Scheduling; using LlmKick.Sdk.Statistics;
        using LlmKick.Sdk.Tasks; using TorchSharp;
        {{TestPlugin.Stamp("1.0")}}
        public sealed class Plugin : IPlugin
        {
            public void Register(IPluginRegistry registry)
            {
                {{register}}
                registry.AddTask<Settings>("states", "How long last states are.", o => new States());
            }
        }
        public sealed record Settings;
        public sealed record LengthRequest(IReadOnlyList<int> Tokens) : Request
        {
            [System.Text.Json.Serialization.JsonIgnore] public override Prompt Opening => new("", Tokens);
            public override RequestPass PassOver(DecoderContext context) => new LengthPass(context);
        }
        public sealed record LengthResponse(int Index, double Length) : Response(Index);
        public sealed class LengthPass(DecoderContext context) : RequestPass<LengthRequest>
        {
            protected override void Answer(IReadOnlyList<Indexed<LengthRequest>> requests, Action<Response> answered,
                CancellationToken cancellationToken)
            {
                foreach (var (index, request) in requests)
                {
                    using var scope = torch.NewDisposeScope();
                    var tokens = torch.tensor(request.Tokens.Select(token => (long)token).ToArray(), device: context.Decoder.Device);
                    var states = context.Decoder.Forward(tokens.unsqueeze(0), [request.Tokens.Count], null);
                    var length = states[0, request.Tokens.Count - 1].norm().item<float>();
                    context.RequireFinite([length], request.Tokens.ToArray());
                    answered(new LengthResponse(index, length));
                }
            }
        }
        public sealed record Text(string Id, IReadOnlyList<int> Tokens) : Sample(Id);
        public sealed class States : ITask
        {
            public IReadOnlyList<MetricDescription> Metrics => [new("length", false, null, "of the last state")];
            public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context,
                [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                await Task.CompletedTask;
                foreach (var word in new[] { "one", "two", "three" })
                    yield return new Text(word, context.Tokenizer.Encode(word));
            }
            public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
                exchanges.Count == 0 ? [new LengthRequest(((Text)sample).Tokens), new RollingRequest(((Text)sample).Tokens)] : [];
            public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
                CancellationToken cancellationToken) =>
                new(new Scores(new Dictionary<string, double> { ["length"] = ((LengthResponse)exchanges[0].Response).Length }));
            public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. ScoreMetrics.Mean("length", scores)];
        }
        """;

    /// <summary>Builds it into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="register">What registers the kind; empty where it is forgotten.</param>
    public static void Build(string folder, string register = Registered) =>
        TestAssembly.Compile(Path.Combine(folder, "Contoso.States.dll"), Source(register));
}
