using System.Text.Json.Nodes;
using LlmKick.Harness;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Tests.Tasks.Harness;
using LlmKick.Transformers;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Tests.Tasks;

/// <summary>The model that the reference numbers were made with, in float32 on the CPU; loaded when first asked.</summary>
public sealed class SmolLm2Model : IAsyncDisposable
{
    private readonly Lazy<ILanguageModel> model = new(() => new TransformersLoader(
        new TransformersOptions { Path = SharedData.Require("models/SmolLM2-135M-Instruct-Q4_1.gguf"), Dtype = DataType.Float32 })
        .Load(new ModelLoadContext { Device = torch.CPU, Logger = NullLogger.Instance }, CancellationToken.None));

    /// <summary>Answers a task's samples and scores them, in order.</summary>
    internal async Task<List<(Sample Sample, Response Response, Scores Scores)>> RunAsync(ITask task)
    {
        var context = TaskRun.Context(model.Value.Tokenizer, model.Value.Description.ContextLength);
        var samples = await TaskRun.Samples<Sample>(task, context);
        var requests = samples.ConvertAll(sample => Assert.Single(task.Next(sample, [])));
        var responses = new Response[requests.Count];
        await foreach (var response in model.Value.AnswerAsync(requests, null, TestContext.Current.CancellationToken))
            responses[response.Index] = response;
        var run = new List<(Sample, Response, Scores)>();
        foreach (var (sample, response) in samples.Zip(responses))
            run.Add((sample, response, await TaskRun.Score(task, sample, _ => response)));
        return run;
    }

    /// <summary>What the task over files of lm-evaluation-harness writes.</summary>
    internal Task<(List<JsonNode> Samples, JsonNode Results)> FilesAsync(HarnessOptions options) => HarnessRun.Files(options,
        model.Value.Tokenizer!, model.Value.Description.ContextLength, async requests =>
    {
        var responses = new Response[requests.Count];
        await foreach (var response in model.Value.AnswerAsync(requests, null, TestContext.Current.CancellationToken))
            responses[response.Index] = response;
        return responses;
    });

    public async ValueTask DisposeAsync()
    {
        if (model.IsValueCreated)
            await model.Value.DisposeAsync();
    }
}
