using System.ClientModel.Primitives;

namespace LlmKick.Endpoint;

/// <summary>Tries again what failed in passing, and what claims success and holds no answer.</summary>
/// <param name="most">The most further tries.</param>
internal sealed class PatientRetries(int most) : ClientRetryPolicy(most)
{
    protected override bool ShouldRetry(PipelineMessage message, Exception? exception) => IsPassing(message, exception) || base.ShouldRetry(message, exception);

    protected override async ValueTask<bool> ShouldRetryAsync(PipelineMessage message, Exception? exception) =>
        IsPassing(message, exception) || await base.ShouldRetryAsync(message, exception).ConfigureAwait(false);

    private static bool IsPassing(PipelineMessage message, Exception? exception) =>
        exception is null && message.Response is { IsError: false } response && Completion.Read(response.Content).IsPassing;
}
