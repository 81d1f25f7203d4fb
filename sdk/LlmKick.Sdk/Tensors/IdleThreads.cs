using System.Runtime.InteropServices;

namespace LlmKick.Sdk.Tensors;

/// <summary>
/// What libtorch's threads do while there is nothing to compute. Left to themselves they spin, so that two programs on the same cores, or
/// one beside anything else that computes, take a multiple of their time.
/// </summary>
/// <remarks>
/// libtorch shares work out through OpenMP (libgomp on Linux, libomp on macOS, libiomp5 on Windows). All of them read
/// OMP_WAIT_POLICY once, when they are loaded, and from the C library's environment, which <see cref="Environment"/> does not write on
/// Unix.
/// </remarks>
public static partial class IdleThreads
{
    private const string Policy = "OMP_WAIT_POLICY";

    /// <summary>Each says how long threads spin: who sets one of them has decided.</summary>
    private static readonly string[] Deciding = [Policy, "GOMP_SPINCOUNT", "KMP_BLOCKTIME", "KMP_LIBRARY"];

    /// <summary>
    /// Lets idle threads sleep at once, unless the environment says otherwise (OMP_WAIT_POLICY, GOMP_SPINCOUNT, KMP_BLOCKTIME,
    /// KMP_LIBRARY). To be called before libtorch is loaded, which is before the first tensor; afterwards it does nothing.
    /// </summary>
    public static void Sleep()
    {
        if (Deciding.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
            return;
        if (OperatingSystem.IsWindows())
            PutWindows(Policy, "PASSIVE");
        else
            _ = PutUnix(Policy, "PASSIVE", 1);
        Environment.SetEnvironmentVariable(Policy, "PASSIVE");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutUnix(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutWindows(string name, string value);
}
