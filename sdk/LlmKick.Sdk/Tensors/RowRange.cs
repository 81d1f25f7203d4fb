using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>Divides rows among libtorch's number of threads. Rows must not depend on each other.</summary>
public static class RowRange
{
    // Handing work to a thread takes about as long as so many elements.
    private const int WorthAThread = 1 << 14;
    // A thread that is held up leaves its shares to the others.
    private const int SharesPerThread = 4;

    /// <summary>Calls a function with parts of a range of rows, some at the same time.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="columns">Work in a row: below some thousands in all, no further thread is worth it.</param>
    /// <param name="work">Works on rows first … end − 1.</param>
    public static void Parallel(int first, int end, int columns, Action<int, int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var threads = torch.get_num_threads();
        var shares = (int)Math.Min(threads * SharesPerThread, 1 + (long)(end - first) * columns / WorthAThread);
        if (threads == 1 || shares == 1)
        {
            work(first, end);
            return;
        }
        int Edge(int share) => first + (int)((long)(end - first) * share / shares);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        System.Threading.Tasks.Parallel.For(0, shares, options, share => work(Edge(share), Edge(share + 1)));
    }
}
