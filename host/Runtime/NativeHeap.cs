using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmKick.Runtime;

/// <summary>What the C library keeps of the memory that libtorch frees.</summary>
internal static partial class NativeHeap
{
    // What was given back costs a page fault for every 4 kB when it is needed again. Trimming after each batch of a small model
    // took a third of its time.
    private const nuint Worthwhile = 256 << 20;

    /// <summary>
    /// Gives free memory back to the system where there is much of it. glibc keeps anything under 32 MB for later use, and activations
    /// of changing sizes leave holes in what it keeps: without this, a compression holds nearly twice the memory that it uses.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            if (Kept() >= Worthwhile)
                _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl keeps nothing that could be given back, and glibc before 2.33 does not say how much it keeps.
        }
    }

    // In bytes, over all arenas: the ninth field of what mallinfo2 gives.
    private static nuint Kept() => Counts()[8];

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial HeapCounts Counts();

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nint padding);

    [InlineArray(10)]
    private struct HeapCounts
    {
        private nuint first;
    }
}
