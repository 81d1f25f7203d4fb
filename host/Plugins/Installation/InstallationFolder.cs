using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>A plugin folder while this process, and no other, changes it. What was not committed is gone at the end.</summary>
internal sealed class InstallationFolder : IDisposable
{
    // Another installation takes seconds, where its feeds answer.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly FolderLock held;
    private readonly InstallationJournal journal;

    private InstallationFolder(string root, FolderLock held)
    {
        (Root, this.held, journal) = (root, held, new InstallationJournal(root));
        journal.Recover();
        Lock = PluginLock.Read(root);
    }

    /// <summary>The plugin folder.</summary>
    public string Root { get; }

    /// <summary>What is installed.</summary>
    public PluginLock Lock { get; private set; }

    /// <summary>Opens a plugin folder, which is made where there is none, and ends what an earlier process left undone.</summary>
    /// <exception cref="LlmKickException">Another process changes it.</exception>
    public static InstallationFolder Open(string root, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root);
        var held = FolderLock.Take(root, Patience, cancellationToken);
        try
        {
            return new InstallationFolder(root, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Puts a plugin folder in order where a process ended while it exchanged plugins; nothing where none did or one is at
    /// it.</summary>
    public static void Mend(string root)
    {
        if (!InstallationJournal.IsOpen(root))
            return;
        using var held = FolderLock.TryTake(root);
        if (held is not null)
            new InstallationJournal(root).Recover();
    }

    /// <summary>Where a plugin's new folder is prepared.</summary>
    public string New(string name) => journal.New(name);

    /// <summary>Where a package is kept while it is installed.</summary>
    public string Download(string name) => Path.Combine(Root, InstallationJournal.StagingName, "packages", name);

    /// <summary>Puts prepared plugins in place and takes others away, all or nothing.</summary>
    public void Commit(IReadOnlyDictionary<string, LockedPlugin> put, params IReadOnlyList<string> removed)
    {
        var next = Lock.With(put, removed);
        journal.Exchange([.. put.Keys], removed, next.ToBytes());
        Lock = next;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            journal.Recover();
        }
        finally
        {
            held.Dispose();
        }
    }
}
