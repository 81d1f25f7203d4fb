using System.Diagnostics;
using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>Holds the plugin folder for one process that changes it. The system lets go of it when the process ends, however it
/// ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = ".lock";
    // Nobody notices the wait, and looking costs nothing.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    // ERROR_SHARING_VIOLATION as an HRESULT.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, and waits for it while another process has it.</summary>
    /// <param name="folder">The plugin folder, which is there.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LlmKickException">Another process has it for too long.</exception>
    public static FolderLock Take(string folder, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        for (; ; )
        {
            if (TryTake(folder) is { } taken)
                return taken;
            if (clock.Elapsed > patience)
                throw new LlmKickException($"'{folder}' is being changed by another llmkick. Wait until it ends, then try again.");
            cancellationToken.WaitHandle.WaitOne(LookAgain);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes the lock unless another process has it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (e.HResult is WindowsSharingViolation or 11 or 35)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
