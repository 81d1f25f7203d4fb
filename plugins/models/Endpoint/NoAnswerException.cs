namespace LlmKick.Endpoint;

/// <summary>A reply that claims success and holds no answer, for the retry policy, which tries again what failed in reading.</summary>
internal sealed class NoAnswerException(ServerFault fault) : IOException(fault.Reason)
{
    /// <summary>Why there is none.</summary>
    public ServerFault Fault => fault;
}
