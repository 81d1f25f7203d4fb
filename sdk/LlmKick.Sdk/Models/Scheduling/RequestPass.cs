namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Answers the requests of one kind over a decoder; see <see cref="RequestPass{TRequest}"/>.</summary>
public abstract class RequestPass
{
    /// <summary>For <see cref="RequestPass{TRequest}"/> alone.</summary>
    protected RequestPass()
    {
    }

    internal abstract void Answer(IReadOnlyList<Indexed<Request>> requests, Action<Response> answered, CancellationToken cancellationToken);
}

/// <summary>Answers the requests of one kind over a decoder: sorts and batches them as suits it. What it does follows from the list alone,
/// so
/// that an answer does too.</summary>
/// <typeparam name="TRequest">The kind.</typeparam>
public abstract class RequestPass<TRequest> : RequestPass where TRequest : Request
{
    /// <summary>Answers requests on the compute thread, in inference mode.</summary>
    /// <param name="requests">All requests of the kind that a list has, each with its place there.</param>
    /// <param name="answered">Told each response, in any order, as soon as it is there.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="LlmKickException">A request does not fit the model.</exception>
    protected abstract void Answer(IReadOnlyList<Indexed<TRequest>> requests, Action<Response> answered,
        CancellationToken cancellationToken);

    internal sealed override void Answer(IReadOnlyList<Indexed<Request>> requests, Action<Response> answered,
        CancellationToken cancellationToken) =>
        Answer([.. requests.Select(entry => new Indexed<TRequest>(entry.Index, (TRequest)entry.Request))], answered, cancellationToken);
}
