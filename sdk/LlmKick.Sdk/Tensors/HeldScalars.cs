using System.Collections.Concurrent;
using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>Scalars of one kind by their 64 bits. The first <see cref="Kept"/> values are held for ever, later ones for a while by the
/// thread that asked.</summary>
internal sealed class HeldScalars(Func<long, Scalar> make)
{
    /// <summary>Some six megabytes. Numbers that come from data (a scale of every row) end here, those that stand in code do not.</summary>
    private const int Kept = 65536;

    /// <summary>So many numbers may be made between one and its use, as by another argument of the same call. Each thread has its
    /// own.</summary>
    private const int Recent = 4096;

    [ThreadStatic]
    private static Scalar[]? recent;

    [ThreadStatic]
    private static int next;

    private readonly ConcurrentDictionary<long, Scalar> kept = new();
    private int count;

    public Scalar Of(long bits) => kept.TryGetValue(bits, out var scalar) ? scalar : Hold(bits);

    private Scalar Hold(long bits) =>
        Volatile.Read(ref count) < Kept && Interlocked.Increment(ref count) <= Kept ? kept.GetOrAdd(bits, make) : Remember(make(bits));

    private static Scalar Remember(Scalar scalar)
    {
        recent ??= new Scalar[Recent];
        recent[next] = scalar;
        next = (next + 1) % Recent;
        return scalar;
    }
}
