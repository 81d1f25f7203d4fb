using System.Runtime.InteropServices;

namespace LlmKick.Runtime;

/// <summary>What the C library keeps of the memory that libtorch frees.</summary>
internal static partial class NativeHeap
{
    /// <summary>
    /// Gives free memory back to the system. glibc keeps anything under 32 MB for later use, and activations of changing sizes leave
    /// holes in what it keeps: without this, a compression holds nearly twice the memory that it uses.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl keeps nothing that could be given back.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nint padding);
}
