using LlmKick.Harness.Definitions;
using LlmKick.Harness.Python;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk.Models;

namespace LlmKick.Harness.Asking;

/// <summary>What a task's <c>generation_kwargs</c> ask for.</summary>
internal sealed class GenerationRequest
{
    private static readonly string[] Lengths = ["max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens"];
    private static readonly string[] Known = [.. Lengths, "until", "do_sample", "temperature", "top_p", "top_k"];

    private readonly TaskDefinition task;
    private readonly IReadOnlyList<string> stops;
    private readonly double temperature;

    /// <exception cref="Sdk.LlmKickException">An argument is unknown or wrong.</exception>
    public GenerationRequest(TaskDefinition task)
    {
        this.task = task;
        KnownKeys.Require(task.File, "generation_kwargs", task.Generation.Keys, Known);
        stops = task.Generation.GetValueOrDefault("until") switch
        {
            null => [],
            string one => [one],
            IReadOnlyList<object?> several => [.. several.Select(PythonText.Str)],
            _ => throw task.File.Fault("generation_kwargs", "`until` is a text or a list of texts."),
        };
        MaxNewTokens = Lengths.Select(key => task.Generation.GetValueOrDefault(key)).FirstOrDefault(value => value is not null) switch
        {
            null => 256,
            long and > 0 and <= int.MaxValue and var most => (int)most,
            _ => throw task.File.Fault("generation_kwargs", "the number of new tokens is a whole number from 1."),
        };
        temperature = task.Generation.GetValueOrDefault("do_sample") is false ? 0 : Number("temperature") ?? 0;
        if (temperature == 0 && task.Generation.GetValueOrDefault("do_sample") is true)
            throw task.File.Fault("generation_kwargs", "`do_sample: true` needs a `temperature` above 0; give one, or `do_sample: false`.");
    }

    /// <summary>The most tokens of an answer.</summary>
    public int MaxNewTokens { get; }

    /// <summary>The requests: one for each repeat, or a single one where all would be the same.</summary>
    public IReadOnlyList<Request> Make(Prompt prompt, string id, int seed)
    {
        string[] ends = [.. stops.Where(stop => stop.Length > 0)];
        return temperature == 0 ? [new GenerateRequest(prompt, MaxNewTokens, ends)]
            : [.. Enumerable.Range(0, task.Repeats).Select(turn => new GenerateRequest(prompt, MaxNewTokens, ends)
            {
                Sampling = new Sampling
                {
                    Temperature = temperature,
                    TopK = Number("top_k") is { } most and > 0 ? (int)most : null,
                    TopP = Number("top_p") ?? 1,
                    Seed = Sampling.SeedOf(seed, id, turn),
                },
            })];
    }

    private double? Number(string key) => task.Generation.GetValueOrDefault(key) switch
    {
        null => null,
        long whole => whole,
        double number => number,
        _ => throw task.File.Fault("generation_kwargs", $"`{key}` is a number."),
    };
}
