using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>
/// Answers a list of requests over a decoder. Each kind has its own pass; all sort by length, batch by a budget of tokens and
/// evaluate the output head only where a score is asked for. The batches follow from the list alone, so an answer does too.
/// </summary>
internal sealed class RequestScheduler(IDecoder decoder, ITokenizer tokenizer, int contextLength)
{
    private readonly DecoderContext context = new(decoder, tokenizer, contextLength);

    /// <summary>What is asked of the choice of tokens beside the requests; null for nothing.</summary>
    public GenerationRules? Rules
    {
        get => context.Rules;
        set => context.Rules = value;
    }

    public void Answer(IReadOnlyList<Request> requests, Action<Response> answered, IProgress<ProgressUpdate>? progress,
        CancellationToken cancellationToken)
    {
        using var noGradient = torch.inference_mode();
        var done = 0;
        void Count(Response response)
        {
            answered(response);
            progress?.Report(new ProgressUpdate("requests", ++done, requests.Count, "request"));
        }

        foreach (var kind in requests.Index().Select(entry => new Indexed<Request>(entry.Index, entry.Item))
            .GroupBy(entry => entry.Request.GetType()))
            Pass(kind.First().Request).Answer([.. kind], Count, cancellationToken);
    }

    private RequestPass Pass(Request request) => request.PassOver(context)
        ?? throw new LlmKickException($"A model that is computed here cannot answer a {request.GetType().Name}: choose another task, or a "
            + "model of a plugin that can.");
}
