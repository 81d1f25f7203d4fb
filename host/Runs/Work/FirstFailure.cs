using System.Runtime.ExceptionServices;

namespace LlmKick.Runs.Work;

/// <summary>Does pieces of work at once, and stops all when one fails.</summary>
internal static class FirstFailure
{
    /// <summary>The results, in order.</summary>
    /// <exception cref="Exception">Of the piece that failed first.</exception>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(IEnumerable<Func<CancellationToken, Task<T>>> work,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? first = null;
        try
        {
            return await Task.WhenAll(work.Select(OneAsync).ToList()).ConfigureAwait(false);
        }
        catch when (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
            throw;
        }

        async Task<T> OneAsync(Func<CancellationToken, Task<T>> one)
        {
            try
            {
                return await one(stop.Token).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref first, failure, null);
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
