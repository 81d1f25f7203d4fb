using LlmKick.Plugins;
using LlmKick.Plugins.Installation;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Plugins.Installation;

/// <summary>A feed in a folder and a plugin folder beside it.</summary>
internal sealed class InstallationDesk : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InstallationDesk() => Directory.CreateDirectory(Feed);

    public string Feed => folder.File("feed");

    public string Plugins => folder.File("plugins");

    public string File(params string[] parts) => folder.File(parts);

    /// <summary>Puts packages into the feed.</summary>
    public InstallationDesk Offer(params TestPackage[] packages)
    {
        foreach (var package in packages)
            package.WriteTo(Feed);
        return this;
    }

    /// <summary>Installs in this process.</summary>
    public async Task<IReadOnlyList<PluginChange>> AddAsync(string id, string? version = null, ArchiveLimits? limits = null)
    {
        using var opened = InstallationFolder.Open(Plugins, TestContext.Current.CancellationToken);
        using var feeds = new PackageFeeds(FeedList.Find([Feed], Path.GetTempPath()));
        var wish = version is null ? null : VersionWish.Parse(version, null);
        return await new PluginInstaller(opened, feeds, new SharedAssemblies(), limits ?? ArchiveLimits.Default)
            .InstallAsync(id, wish, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs the tool with this plugin folder.</summary>
    public ToolResult Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs the tool with this plugin folder and further environment variables.</summary>
    public ToolResult Run(Dictionary<string, string> environment, params string[] arguments) =>
        Tool.Run(new Dictionary<string, string>(environment) { ["LLMKICK_PLUGINS"] = Plugins }, arguments);

    /// <summary>Runs the tool in a folder.</summary>
    public ToolResult RunIn(string working, params string[] arguments) =>
        Tool.Shell($"cd '{working}' && LLMKICK_PLUGINS='{Plugins}' $TOOL {string.Join(' ', arguments)}");

    /// <summary>Package and version of all that is installed.</summary>
    public IEnumerable<string> Installed() => PluginLock.Read(Plugins).Plugins.Select(plugin => $"{plugin.Key} {plugin.Value.Version}");

    /// <summary>Every file of the plugin folder with its content's hash, the lock aside.</summary>
    public IReadOnlyDictionary<string, string> Contents()
    {
        var contents = Directory.Exists(Plugins) ? FileHash.OfFolder(Plugins) : [];
        contents.Remove(".lock");
        return contents;
    }

    public void Dispose() => folder.Dispose();
}
