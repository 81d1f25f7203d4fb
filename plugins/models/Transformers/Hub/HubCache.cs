using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Hub;

/// <summary>The folder where Hugging Face's tools keep downloaded models.</summary>
internal sealed partial class HubCache(string root)
{
    /// <summary>The cache that Hugging Face's tools use: <c>HF_HUB_CACHE</c> or its older name, else below <c>HF_HOME</c>, else below the
    /// user's cache folder.</summary>
    public static HubCache Default { get; } = new(DefaultRoot(Environment.GetEnvironmentVariable));

    public string Root => root;

    public static string DefaultRoot(Func<string, string?> variable)
    {
        if ((Place("HF_HUB_CACHE") ?? Place("HUGGINGFACE_HUB_CACHE")) is { } cache)
            return cache;
        return Path.Combine(Place("HF_HOME")
            ?? Path.Combine(Place("XDG_CACHE_HOME") ?? Path.Combine(Home(variable), ".cache"), "huggingface"), "hub");

        string? Place(string name) => variable(name) is { Length: > 0 } text ? Expand(text, variable) : null;
    }

    /// <summary>The folder of a downloaded model's current snapshot.</summary>
    public string Find(string name)
    {
        var model = Path.Combine(root, HubName.Folder(name));
        var reference = Path.Combine(model, "refs", "main");
        var commit = File.Exists(reference) ? Path.GetFileName(File.ReadAllText(reference).Trim()) : "";
        var snapshot = Path.Combine(model, "snapshots", commit);
        if (commit.Length == 0 || !Directory.Exists(snapshot))
            throw NotFound(name, Path.Combine(model, "snapshots"));
        RequireWhole(name, snapshot);
        return snapshot;
    }

    /// <summary>The file that says which snapshot is the current one; none where a folder is no snapshot.</summary>
    public static IEnumerable<string> Reference(string snapshot) =>
        Path.GetDirectoryName(Path.GetFullPath(snapshot)) is { } all && Path.GetFileName(all) == "snapshots"
            && Path.Combine(all, "..", "refs", "main") is var reference && File.Exists(reference)
            ? [Path.GetFullPath(reference)]
            : [];

    /// <summary>What to do instead where a revision is asked for, <c>org/name@revision</c>; null where none is.</summary>
    public string? RevisionFault(string text) =>
        text.LastIndexOf('@') is var at and > 0 && HubName.Matches(text[..at])
            ? $"'{text}' asks for a revision, and a name means the downloaded revision 'main' alone: give the folder of another, "
                + $"'{Path.Combine(root, HubName.Folder(text[..at]), "snapshots")}' and below it the commit."
            : null;

    private LlmKickException NotFound(string name, string snapshots) => Directory.Exists(snapshots)
        && Directory.GetDirectories(snapshots).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } others
        ? new($"'{name}' was downloaded, but not its revision 'main': download that with 'hf download {name}', or give the folder of "
            + $"another: {string.Join(", ", others.Select(other => $"'{other}'"))}.")
        : new($"'{name}' is neither a local path nor a downloaded model in '{root}'; download it with 'hf download {name}', or give a GGUF "
            + $"file or a folder.");

    private static void RequireWhole(string name, string snapshot)
    {
        var lost = new DirectoryInfo(snapshot).EnumerateFiles()
            .FirstOrDefault(file => file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false });
        if (lost is not null)
            throw new LlmKickException($"'{lost.FullName}' leads to a file that is not there: the download of '{name}' was interrupted. "
                + $"Download it again with 'hf download {name}'.");
    }

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
