using System.Runtime.InteropServices;

namespace LlmKick.Sdk.Files;

/// <summary>The names in a folder. .NET has no way to flush them: only the system has.</summary>
internal static partial class FolderEntries
{
    private const int IoError = 5;

    /// <summary>Flushes a folder's names to disk, so that a rename outlives a power cut. Windows does so by itself.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows() || Open(folder, 0) is not (>= 0 and var handle))
            return;
        var failed = Sync(handle) != 0 && Marshal.GetLastPInvokeError() == IoError;
        _ = Close(handle);
        if (failed)
            throw new IOException($"The folder '{folder}' cannot be written to disk.");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
