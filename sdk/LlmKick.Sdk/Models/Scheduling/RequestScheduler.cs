using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>
/// Answers a list of requests over a decoder. Each kind has its own pass; all sort by length, batch by a budget of tokens and
/// evaluate the output head only where a score is asked for. The batches follow from the list alone, so an answer does too.
/// </summary>
internal sealed class RequestScheduler(IDecoder decoder, ITokenizer tokenizer, int contextLength)
{
    /// <summary>What is asked of the choice of tokens beside the requests; null for nothing.</summary>
    public GenerationRules? Rules { get; set; }

    public void Answer(
        IReadOnlyList<Request> requests, Action<Response> answered, IProgress<ProgressUpdate>? progress,
        CancellationToken cancellationToken)
    {
        using var noGradient = torch.inference_mode();
        var head = new OutputHead(decoder);
        var done = 0;
        void Count(Response response)
        {
            answered(response);
            progress?.Report(new ProgressUpdate("requests", ++done, requests.Count, "request"));
        }

        new RollingPass(decoder, head, contextLength).Run(Of<RollingRequest>(requests), Count, cancellationToken);
        new DivergencePass(decoder, contextLength).Run(Of<DivergenceRequest>(requests), Count, cancellationToken);
        new ChoosePass(decoder, head, tokenizer, contextLength).Run(Of<ChooseRequest>(requests), Count, cancellationToken);
        new GeneratePass(decoder, tokenizer, Rules, contextLength).Run(Of<GenerateRequest>(requests), Count, cancellationToken);
    }

    private static List<Indexed<T>> Of<T>(IReadOnlyList<Request> requests) where T : Request =>
        [.. requests.Index().Where(entry => entry.Item is T).Select(entry => new Indexed<T>(entry.Index, (T)entry.Item))];
}
