using System.ClientModel.Primitives;

namespace LlmKick.Endpoint;

/// <summary>Turns a reply that claims success and holds no answer into a failure in passing, which is tried again.</summary>
internal sealed class AnswerGuard : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        ProcessNext(message, pipeline, currentIndex);
        Check(message.Response);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        Check(message.Response);
    }

    private static void Check(PipelineResponse? response)
    {
        if (response is { IsError: false } && Completion.Read(response.Content) is { IsPassing: true, Fault: { } fault })
            throw new NoAnswerException(fault);
    }
}
