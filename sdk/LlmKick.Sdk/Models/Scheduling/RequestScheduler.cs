namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Answers a list of requests over a decoder.</summary>
internal sealed class RequestScheduler(IDecoder decoder, ITokenizer tokenizer, int contextLength)
{
    public void Answer(IReadOnlyList<Request> requests, Action<Response> answered, IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{decoder} {tokenizer} {contextLength} {requests} {answered} {progress} {cancellationToken}");
}
