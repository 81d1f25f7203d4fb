using LlmKick.Sdk.Models;
using LlmKick.Transformers;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>Models loaded and asked as the tool does.</summary>
internal static class LoadedModel
{
    public static ILanguageModel Load(string path, DataType type = DataType.Float32) =>
        new TransformersLoader(new TransformersOptions { Path = path })
            .Load(new ModelLoadContext { Device = torch.CPU, DataType = type, Logger = NullLogger.Instance }, CancellationToken.None);

    /// <summary>Answers in the order of the requests.</summary>
    public static List<Response> Answer(this ILanguageModel model, params IReadOnlyList<Request> requests)
    {
        var answers = model.AnswerAsync(requests, null, CancellationToken.None).ToBlockingEnumerable()
            .OrderBy(answer => answer.Index).ToList();
        Assert.Equal(Enumerable.Range(0, requests.Count), answers.Select(answer => answer.Index));
        return answers;
    }

    /// <summary>Loads a model and lets it write and score a little.</summary>
    public static void TryOut(string path)
    {
        var model = Load(path);
        try
        {
            var prompt = Prompt.Of("he", model.Tokenizer!) is { Tokens.Count: > 1 } text ? text : new Prompt("", [0, 1]);
            model.Answer(new GenerateRequest(prompt, 3, []), new RollingRequest(prompt.Tokens),
                new ChooseRequest(prompt, [prompt, new Prompt("", [0])]));
        }
        finally
        {
            model.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
