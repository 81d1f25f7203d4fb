using System.Collections.Concurrent;
using LlmKick.Hub;

namespace LlmKick.Tests.Hub;

/// <summary>A server, an empty cache, and what fetches from one to the other without waiting between tries.</summary>
internal sealed class HubDesk : IDisposable, IFetchDisplay
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("llmkick-hub-");

    public HubDesk() => Settings = new HubSettings
    {
        CacheFolder = Path.Combine(folder.FullName, "hub"),
        DownloadFolder = Path.Combine(folder.FullName, "downloads"),
        Endpoint = new Uri(Server.Url),
        Pause = (time, _) =>
        {
            Pauses.Enqueue(time);
            return Task.CompletedTask;
        },
    };

    public HubServer Server { get; } = new();

    public HubSettings Settings { get; set; }

    /// <summary>How long it would have waited.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    /// <summary>What it told.</summary>
    public ConcurrentQueue<string> Notes { get; } = new();

    public string Folder => folder.FullName;

    /// <summary>Variables for a tool that uses this server and this cache.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["HF_ENDPOINT"] = Server.Url,
        ["HF_HUB_OFFLINE"] = "0",
        ["HF_HUB_CACHE"] = Settings.CacheFolder,
        ["XDG_CACHE_HOME"] = Path.Combine(Folder, "cache"),
    };

    public static HubAddress Model(string text) => (HubAddress)RemoteAddress.Parse(text, HubKind.Model);

    public static RemoteAddress Data(string text) => RemoteAddress.Parse(text, HubKind.Dataset);

    public async Task<string> FetchAsync(RemoteAddress address)
    {
        using var http = new HubHttp(Settings, tries: 6, Note);
        await new Fetcher(http, this).FetchAsync([address], TestContext.Current.CancellationToken);
        return Find(address)!;
    }

    public string? Find(RemoteAddress address) => new RemotePlaces(Settings).Find(address);

    public async Task<IReadOnlyList<PlannedFetch>> PlanAsync(params RemoteAddress[] addresses)
    {
        using var http = new HubHttp(Settings, tries: 2);
        return await new Fetcher(http, this).PlanAsync(addresses, TestContext.Current.CancellationToken);
    }

    public void Note(string line) => Notes.Enqueue(line);

    public void Show(string name, long done, long? total)
    {
    }

    public void Dispose()
    {
        Server.Dispose();
        folder.Delete(recursive: true);
    }
}
