using System.Runtime.InteropServices;

namespace LlmKick.Sdk.Tensors;

/// <summary>What libtorch reads from the environment once, when it is loaded, set as a compression needs it.</summary>
/// <remarks>
/// libtorch reads the C library's environment, which <see cref="Environment"/> does not write on Unix.
/// </remarks>
public static partial class LibTorchSettings
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";
    private const string LargePages = "THP_MEM_ALLOC_ENABLE";

    /// <summary>Each says how long threads spin: who sets one of them has decided.</summary>
    private static readonly string[] DecidingWaits = [WaitPolicy, "GOMP_SPINCOUNT", "KMP_BLOCKTIME", "KMP_LIBRARY"];

    /// <summary>
    /// To be called before libtorch is loaded, which is before the first tensor; afterwards it does nothing. What the environment says
    /// already stays.
    /// <list type="bullet">
    /// <item>Idle threads sleep at once (OMP_WAIT_POLICY; left alone where GOMP_SPINCOUNT, KMP_BLOCKTIME or KMP_LIBRARY is set). Left to
    /// themselves they spin, so that two programs on the same cores, or one beside anything else that computes, take a multiple of their
    /// time. libgomp on Linux, libomp on macOS and libiomp5 on Windows all know it.</item>
    /// <item>Tensors of 2 MB and more ask Linux for pages of 2 MB (THP_MEM_ALLOC_ENABLE, a variable of libtorch's own). A matrix of a
    /// large model is given back to the system when it is freed, so every step of a method pays a page fault for each page of its
    /// results: in virtual machines more than it computes.</item>
    /// </list>
    /// </summary>
    public static void Apply()
    {
        if (!DecidingWaits.Any(IsSet))
            Set(WaitPolicy, "PASSIVE");
        if (!IsSet(LargePages))
            Set(LargePages, "1");
    }

    private static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    private static void Set(string name, string value)
    {
        if (OperatingSystem.IsWindows())
            PutWindows(name, value);
        else
            _ = PutUnix(name, value, 1);
        Environment.SetEnvironmentVariable(name, value);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutUnix(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutWindows(string name, string value);
}
