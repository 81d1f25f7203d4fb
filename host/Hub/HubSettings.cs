using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Hub;

/// <summary>Where the hub is and where its files are kept, from the variables and files that Hugging Face's tools read.</summary>
internal sealed partial record HubSettings
{
    private const string PublicHub = "https://huggingface.co";
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(10);
    private static readonly string[] Yes = ["1", "ON", "YES", "TRUE"];

    /// <summary>The folder of the shared cache.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The folder of what is fetched from elsewhere and of what is unpacked.</summary>
    public required string DownloadFolder { get; init; }

    /// <summary>The hub's address, without a slash at its end.</summary>
    public Uri Endpoint { get; init; } = new(PublicHub);

    /// <summary>Who asks, or null.</summary>
    public HubToken? Token { get; init; }

    /// <summary>Where a token would be looked for.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Why nothing may be fetched, such as the variable that says so; null where it may.</summary>
    public string? Offline { get; init; }

    /// <summary>Whether files of the cache are links to blobs.</summary>
    public bool Links { get; init; } = true;

    /// <summary>How long a server may take to begin its answer, or to go on with it.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>Waits between tries.</summary>
    public Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    /// <summary>Reads the settings of this process.</summary>
    public static HubSettings Current() => Read(Environment.GetEnvironmentVariable);

    /// <summary>The folder of the shared cache, whatever else is wrong.</summary>
    public static string FolderOfCache =>
        Read(name => name switch
        {
            "HF_ENDPOINT" => null,
            "HF_HUB_DISABLE_IMPLICIT_TOKEN" => "1",
            _ => Environment.GetEnvironmentVariable(name),
        }).CacheFolder;

    /// <summary>Reads the settings.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static HubSettings Read(Func<string, string?> variable)
    {
        var home = Place("HF_HOME") ?? Path.Combine(UserCache(), "huggingface");
        var tokenFile = Place("HF_TOKEN_PATH") ?? Path.Combine(home, "token");
        var seconds = Text("HF_HUB_DOWNLOAD_TIMEOUT") is { } text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && given is > 0 and < 1e6 ? given : 0;
        return new HubSettings
        {
            CacheFolder = Path.GetFullPath(Place("HF_HUB_CACHE") ?? Place("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub")),
            DownloadFolder = Path.GetFullPath(Path.Combine(ToolCache(), "llmkick", "downloads")),
            Endpoint = Text("HF_ENDPOINT") is { } endpoint ? EndpointOf(endpoint) : new Uri(PublicHub),
            Token = IsOn("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? null : TokenOf(Text, tokenFile),
            TokenFile = tokenFile,
            Offline = new[] { "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE" }.FirstOrDefault(IsOn),
            Links = !IsOn("HF_HUB_DISABLE_SYMLINKS"),
            Patience = seconds > 0 ? TimeSpan.FromSeconds(seconds) : UsualPatience,
        };

        string? Text(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;
        string? Place(string name) => Text(name) is { } value ? Expand(value, variable) : null;
        bool IsOn(string name) => Text(name) is { } value && Yes.Contains(value.ToUpperInvariant());
        string UserCache() => Place("XDG_CACHE_HOME") ?? Path.Combine(Home(variable), ".cache");
        string ToolCache() => Text("XDG_CACHE_HOME") is null && OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : UserCache();
    }

    /// <summary>Whether an address is the hub's own: only there the token goes.</summary>
    public bool IsHub(Uri address) => address.Scheme == Endpoint.Scheme && address.Authority == Endpoint.Authority;

    private static Uri EndpointOf(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" } ? uri
            : throw new LlmKickException($"HF_ENDPOINT is no address of a hub: write one such as {PublicHub}, "
                + $"without a user's name, or unset it.");

    private static HubToken? TokenOf(Func<string, string?> text, string file)
    {
        foreach (var name in new[] { "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN" })
            if (text(name) is { } value)
                return Checked(value, name);
        try
        {
            return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } kept ? Checked(kept, file) : null;
        }
        catch (Exception failure) when (FileFault.Is(failure))
        {
            return null; // what needs no token works without
        }
    }

    private static HubToken Checked(string value, string source) => value.All(letter => letter is > ' ' and <= '~')
        ? new HubToken(value, source)
        : throw new LlmKickException($"The token in {source} has letters that no token has: set it again, without blanks or line breaks.");

    /// <summary>A leading <c>~</c> and variables, as Hugging Face's tools read them; a variable that is not set stays as it is
    /// written.</summary>
    private static string Expand(string text, Func<string, string?> variable)
    {
        var path = Variable().Replace(text, match => variable(match.Groups[1].Value + match.Groups[2].Value) ?? match.Value);
        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? Home(variable) + path[1..] : path;
    }

    private static string Home(Func<string, string?> variable) =>
        variable("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [GeneratedRegex(@"\$(?:(\w+)|\{(\w+)\})", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
