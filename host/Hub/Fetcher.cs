using System.Net;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Terminals;

namespace LlmKick.Hub;

/// <summary>Brings what stands elsewhere to this machine.</summary>
/// <param name="http">Asks servers.</param>
/// <param name="display">Shows how far it has come.</param>
internal sealed class Fetcher(HubHttp http, IFetchDisplay display)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly HubClient client = new(http);
    private readonly FileDownload download = new(http);
    private readonly RemotePlaces places = new(http.Settings);

    private HubSettings Settings => http.Settings;

    private HubCache Cache => places.Cache;

    /// <summary>What would be fetched for addresses, with sizes where the servers tell them. Nothing is written.</summary>
    public async Task<IReadOnlyList<PlannedFetch>> PlanAsync(IEnumerable<RemoteAddress> addresses, CancellationToken cancellationToken)
    {
        var (plans, counted) = (new List<PlannedFetch>(), new HashSet<string>());
        string? unreachable = Settings.Offline;
        foreach (var address in addresses)
            try
            {
                plans.Add(unreachable is null ? await PlanAsync(address, counted, cancellationToken)
                    : new PlannedFetch(address, null, null, unreachable));
            }
            catch (LlmKickException failure) when (failure.InnerException is PassingException)
            {
                unreachable = failure.Message;
                plans.Add(new PlannedFetch(address, null, null, unreachable));
            }
            catch (LlmKickException failure)
            {
                plans.Add(new PlannedFetch(address, null, null) { Fault = failure.Message });
            }
        return plans;
    }

    /// <summary>Fetches what is missing of addresses.</summary>
    /// <exception cref="AddressException">There is no such thing, or it is not for whoever asks.</exception>
    /// <exception cref="LlmKickException">It cannot be had for now, or not be kept; what was fetched is kept.</exception>
    public async Task FetchAsync(IReadOnlyCollection<RemoteAddress> addresses, CancellationToken cancellationToken)
    {
        if (addresses.Count > 0 && Settings.Offline is { } offline)
            throw new AddressException([.. addresses.Select(address => (address, NotHere(address, offline)))]);
        foreach (var address in addresses)
            try
            {
                await GuardAsync(address, () => address is HubAddress hub ? FetchAsync(hub, cancellationToken)
                    : FetchAsync((WebAddress)address, cancellationToken));
            }
            catch (LlmKickException failure) when (failure.InnerException is null or RefusedException)
            {
                throw new AddressException([(address, failure.Message)], failure);
            }
    }

    /// <summary>Fetches a damaged file of a commit anew.</summary>
    public Task RepairAsync(HubRepository repository, CacheDamage damage, CancellationToken cancellationToken) =>
        GuardAsync(null, async () =>
    {
        if (Settings.Offline is { } offline)
            throw new LlmKickException($"'{damage.Path}' is to be fetched again, and {offline} forbids to: leave it out.");
        var tree = Cache.Tree(repository, damage.Commit) ?? await client.TreeAsync(repository, damage.Commit, cancellationToken);
        var file = tree.Files.GetValueOrDefault(damage.Path) ?? throw new LlmKickException(
            $"The hub does not list '{damage.Path}' of '{repository.Name}': remove that by 'llmkick {repository.Verb} remove'.");
        await FetchFileAsync(repository, damage.Commit, file, new Progress(display, file.Path, file.Size), true, cancellationToken);
    });

    /// <summary>Two addresses may need the same file, such as one archive: it is counted once.</summary>
    private async Task<PlannedFetch> PlanAsync(RemoteAddress address, HashSet<string> counted, CancellationToken cancellationToken)
    {
        if (address is WebAddress web)
            return counted.Add(web.Sha256) ? await PlanAsync(web, cancellationToken) : new PlannedFetch(address, 0, 0);
        var hub = (HubAddress)address;
        var commit = await client.CommitAsync(hub.Repository, hub.Revision, cancellationToken);
        var needed = places.Needed(hub, commit, await client.TreeAsync(hub.Repository, commit, cancellationToken))!;
        var missing = needed.Where(file => !places.IsHere(hub.Repository, commit, file) && !HasBlob(hub.Repository, file)
            && counted.Add($"{hub.Repository.Folder}/{file.Blob}")).ToList();
        return new PlannedFetch(address, missing.Sum(file => Left(hub.Repository, file)), missing.Count);
    }

    private async Task<PlannedFetch> PlanAsync(WebAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var size = await http.TryAsync(async () =>
            {
                using var response = await http.GetAsync(address.Uri, 0, cancellationToken);
                return response.Content.Headers.ContentLength;
            }, () => 0, cancellationToken);
            return new PlannedFetch(address, size, size is null ? null : 1);
        }
        catch (RefusedException refusal)
        {
            throw Refused(address, refusal);
        }
    }

    private async Task FetchAsync(HubAddress address, CancellationToken cancellationToken)
    {
        var repository = address.Repository;
        var commit = await client.CommitAsync(repository, address.Revision, cancellationToken);
        var tree = Cache.Tree(repository, commit) ?? await client.TreeAsync(repository, commit, cancellationToken);
        var needed = places.Needed(address, commit, tree)!;
        var room = needed.Where(file => !places.IsHere(repository, commit, file)).Sum(file => Left(repository, file));
        RequireRoom(Settings.CacheFolder, room, address.Text);
        Cache.Keep(repository, address.Revision, commit, tree);
        // Only the index of shards says which files these are.
        await FetchAsync(repository, commit, [.. needed.Where(file => file.Path.EndsWith(".index.json", StringComparison.Ordinal))], null,
            cancellationToken);
        needed = places.Needed(address, commit, tree)!;
        await FetchAsync(repository, commit, needed, address.Text, cancellationToken);
        if (Cache.Commit(repository, address.Revision) is not null && address.Inner is { } inner && places.Archive(address) is { } folder)
            using (await LockAsync(folder + ".lock", address.Path, cancellationToken))
                Unpack(Cache.File(repository, commit, Selection.Place(address, needed)), inner, folder);
    }

    private async Task FetchAsync(HubRepository repository, string commit, IReadOnlyList<HubFile> files, string? told,
        CancellationToken cancellationToken)
    {
        var missing = files.Where(file => !places.IsHere(repository, commit, file)).ToList();
        var total = missing.DistinctBy(file => file.Blob).Sum(file => Left(repository, file));
        if (told is not null && total > 0)
            display.Note($"Fetching {told}: {ByteCount.OnDisk(total)} in {missing.Count} file{(missing.Count == 1 ? "" : "s")}, to "
                + $"'{Cache.Folder(repository)}'.");
        var progress = new Progress(display, repository.Name, total);
        // The same content may stand under two names: it is fetched once.
        await Parallel.ForEachAsync(missing.GroupBy(file => file.Blob),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (same, stop) =>
            {
                foreach (var file in same)
                    await FetchFileAsync(repository, commit, file, progress, false, stop);
            });
    }

    private async Task FetchFileAsync(HubRepository repository, string commit, HubFile file, Progress progress, bool anew,
        CancellationToken cancellationToken)
    {
        using var held = await LockAsync(Cache.Lock(repository, file.Blob), file.Path, cancellationToken);
        if (!anew && HasBlob(repository, file))
        {
            Cache.Link(repository, commit, file, file.Blob);
            return;
        }
        if (anew)
            File.Delete(Cache.Part(repository, file.Blob));
        var wanted = new WantedFile(file.Path, client.FileAddress(repository, commit, file.Path), file.Size, file.Blob,
            "try again later, or tell the repository's owner.");
        try
        {
            await download.FetchAsync(wanted, Cache.Part(repository, file.Blob), progress.Add, cancellationToken);
        }
        catch (RefusedException refusal)
        {
            throw client.Explain(refusal, repository, commit, file.Path);
        }
        Cache.Finish(repository, commit, file, file.Blob);
    }

    /// <summary>Bytes that must still arrive.</summary>
    private long Left(HubRepository repository, HubFile file) => HasBlob(repository, file) ? 0
        : file.Size - Math.Clamp(RemotePlaces.Length(Cache.Part(repository, file.Blob)), 0, file.Size);

    private bool HasBlob(HubRepository repository, HubFile file) =>
        RemotePlaces.Length(Cache.Blob(repository, file.Blob)) == file.Size;

    private async Task FetchAsync(WebAddress address, CancellationToken cancellationToken)
    {
        var file = places.File(address);
        var part = Path.Combine(Settings.DownloadFolder, address.Sha256 + ".incomplete");
        using (await LockAsync(Path.Combine(Settings.DownloadFolder, address.Sha256 + ".lock"), address.FileName, cancellationToken))
        {
            if (!File.Exists(file))
            {
                var plan = await PlanAsync(address, cancellationToken);
                RequireRoom(Settings.DownloadFolder, (plan.Bytes ?? 0) - Math.Max(RemotePlaces.Length(part), 0), address.FileName);
                display.Note($"Fetching {address.Uri}{(plan.Bytes is { } bytes ? $": {ByteCount.OnDisk(bytes)}" : "")}, to '{file}'.");
                await FetchAsync(address, plan.Bytes, part, cancellationToken);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.Move(part, file, overwrite: true);
            }
            if (address.Inner is { } inner)
                Unpack(file, inner, places.Archive(address)!);
        }
    }

    private async Task FetchAsync(WebAddress address, long? size, string part, CancellationToken cancellationToken)
    {
        try
        {
            await download.FetchAsync(new WantedFile(address.FileName, address.Uri, size, address.Sha256,
                "it was changed since its address was written: look at what it holds now, and write its hash."), part,
                new Progress(display, address.FileName, size - Math.Max(RemotePlaces.Length(part), 0)).Add, cancellationToken);
        }
        catch (RefusedException refusal)
        {
            throw Refused(address, refusal);
        }
    }

    private static void Unpack(string file, string inner, string folder)
    {
        if (!Path.Exists(Path.Combine(folder, inner)))
            Unpacking.Unpack(file, Path.GetFileName(file), inner, folder);
    }

    private async Task<FileStream> LockAsync(string path, string name, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var told = false; ; told = true)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException failure) when (failure.HResult is 11 or 35 or unchecked((int)0x80070020))
            {
                if (!told)
                    display.Note($"Waiting for another process that fetches {name}.");
                await Task.Delay(LookAgain, cancellationToken);
            }
    }

    private static void RequireRoom(string folder, long bytes, string name)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } parent)
            existing = parent;
        if (new DriveInfo(existing).AvailableFreeSpace is var free && bytes > free)
            throw new LlmKickException($"'{name}' needs {ByteCount.OnDisk(bytes)} more on the disk of '{folder}', which has "
                + $"{ByteCount.OnDisk(free)} free: make room, or set HF_HUB_CACHE to a folder on another.");
    }

    private async Task GuardAsync(RemoteAddress? address, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (FileFault.Is(failure) || failure is ArgumentOutOfRangeException { ParamName: "value" })
        {
            var folder = address is WebAddress ? Settings.DownloadFolder : Settings.CacheFolder;
            var reason = failure is ArgumentOutOfRangeException ? "a file would be larger than the system allows"
                : FileFault.Reason(failure);
            throw new LlmKickException($"The cache '{folder}' cannot be written: {reason}. Make room or give write access, or set "
                + $"{(address is WebAddress ? "XDG_CACHE_HOME" : "HF_HUB_CACHE")} to another folder; what was fetched is kept.", failure);
        }
    }

    private static LlmKickException Refused(WebAddress address, RefusedException refusal) =>
        new(refusal.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone
            ? $"'{address.Uri}' is not there (any more): write where the file is now."
            : $"'{refusal.Address.Authority}' does not give '{address.FileName}' away (status {refusal.Status}): fetch it by hand, and "
                + $"name the file.", refusal);

    private static string NotHere(RemoteAddress address, string offline) =>
        $"'{address.Text}' is not on this machine, and {offline} forbids to fetch: {(offline[0] == '-' ? "" : "unset that, and ")}"
            + $"\"{CommandLineText.Of([address.Verb, "fetch", address.Text])}\" fetches it; or name what is here.";

    /// <summary>Adds up the bytes of several files.</summary>
    private sealed class Progress(IFetchDisplay display, string name, long? total)
    {
        private long done;

        public void Add(long bytes) => display.Show(name, Interlocked.Add(ref done, bytes), total);
    }
}
