using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Hub;

/// <summary>A file or folder that stands elsewhere and is fetched.</summary>
/// <param name="Text">The address as written.</param>
/// <param name="Inner">A path in the archive that the address names; null where it is no archive to be unpacked.</param>
internal abstract partial record RemoteAddress(string Text, string? Inner)
{
    private const string HubPrefix = "hub:";
    private const string Forms = ": write org/name, org/name@revision, or org/name:file.gguf.";

    /// <summary>The verb that looks after what is kept of it.</summary>
    public abstract string Verb { get; }

    /// <summary>Whether a text is meant as an address: it begins as one does.</summary>
    public static bool Is(string text) => text.StartsWith(HubPrefix, StringComparison.Ordinal) || WebStart().IsMatch(text);

    /// <summary>Whether a text may be the name of a model, <c>org/name</c>, perhaps with a revision or a file.</summary>
    public static bool IsModelName(string text) => ModelName().Match(text) is { Success: true } match
        && Name(match).Contains('/', StringComparison.Ordinal)
        && Path.GetExtension(text.Split(':', '@')[0]) is not (".gguf" or ".safetensors" or ".json");

    /// <summary>What is wrong with a text that is neither on this machine nor a model's name, if it may be meant as one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folder">The folder that a relative path would be in.</param>
    /// <returns>A sentence without its beginning; null where the text is a path.</returns>
    public static string? NameFault(string text, string folder)
    {
        if (text.Length == 0 || Path.IsPathFullyQualified(text) || PathStart().IsMatch(text)
            || text.Contains('\\', StringComparison.Ordinal))
            return null;
        var first = text.Split('/')[0];
        if (text.Contains('/', StringComparison.Ordinal) && Directory.Exists(Path.Combine(folder, first)))
            return null;
        var isFile = !text.AsSpan().ContainsAny(':', '@') && Path.GetExtension(text) is ".gguf" or ".safetensors" or ".json";
        return isFile ? null : ModelName().IsMatch(text)
            ? $"is no file or folder here: for the hub's model of that name write {HubPrefix}{text}, or org/{text} with its owner."
            : $"is no file or folder here, and as a model of the hub it {Fault(text)}";
    }

    /// <summary>Reads the address of a model, or of data.</summary>
    /// <exception cref="LlmKickException">It is none; the message ends a sentence that begins with the text, and says what to
    /// write.</exception>
    public static RemoteAddress Parse(string text, HubKind kind) =>
        WebStart().IsMatch(text) ? WebAddress.Parse(text)
        : kind == HubKind.Model ? Model(text, text.StartsWith(HubPrefix, StringComparison.Ordinal) ? text[HubPrefix.Length..] : text)
        : Data(text);

    private static HubAddress Model(string text, string name) =>
        ModelName().Match(name) is { Success: true } match
            ? new HubAddress(text, new HubRepository(HubKind.Model, Name(match)), Revision(match), match.Groups["file"].Value, null)
            : throw new LlmKickException($"is no model of the hub: it {Fault(name)}");

    /// <summary>What is wrong with a name, and what to write.</summary>
    private static string Fault(string name)
    {
        var repository = name.Split('@', ':')[0];
        var (parts, rest) = (repository.Split('/'), name[repository.Length..]);
        var wrong = parts.FirstOrDefault(part => !Word().IsMatch(part));
        if (wrong is not null)
            return (wrong.Length == 0 ? "lacks a part of org/name" : $"has '{wrong}' where an owner or a model is named") + Forms;
        if (parts.Length > 2)
            return $"has {parts.Length} parts, not an owner and a name{Forms}";
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var (revision, file) = colon < 0 ? (rest, null) : (rest[..colon], rest[(colon + 1)..]);
        return revision.Length > 0 && !RevisionName().IsMatch(revision[1..])
            ? (revision.Length == 1 ? "names no revision behind '@'" : $"names a revision that there cannot be, '{revision[1..]}'") + Forms
            : (file is { Length: > 0 } ? $"has '{file}' behind ':', which is no GGUF file" : "names no file behind ':'") + Forms;
    }

    private static HubAddress Data(string text)
    {
        var match = DataName().Match(text[HubPrefix.Length..]);
        var path = match.Groups["path"].Value.TrimEnd('/');
        if (!match.Success || (path.Length > 0 && SafePath.Fault(path.Replace('*', 'x').Replace('?', 'x')) is not null))
            throw new LlmKickException("is no data of the hub: write hub:org/name/path/of/file, with hub:org/name@revision/… for "
                + "another revision than 'main', hub:name@main/… where no owner is named, and …/archive.zip!path for a file in an "
                + "archive.");
        var inner = Inside(match.Groups["inner"]);
        return new HubAddress(text, new HubRepository(HubKind.Dataset, Name(match)), Revision(match), path, inner);
    }

    /// <summary>The path in an archive.</summary>
    private protected static string? Inside(Group group) => !group.Success ? null
        : SafePath.Fault(group.Value) is null ? group.Value
        : throw new LlmKickException("names no path in an archive: write …!folder/file behind the archive's name.");

    private static string Name(Match match) => match.Groups["name"].Value;

    private static string Revision(Match match) => match.Groups["rev"] is { Success: true, Value: var text } ? text : HubAddress.Main;

    [GeneratedRegex(@"^(~|\.{1,2}(/|$)|[A-Za-z]:[/\\]|llmkick:)", RegexOptions.CultureInvariant)]
    private static partial Regex PathStart();

    [GeneratedRegex(@"^[A-Za-z0-9][\w.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?!.*\.\.)[\w][\w./-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex RevisionName();

    [GeneratedRegex("^https?://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebStart();

    // Some of the oldest repositories have no owner.
    [GeneratedRegex(@"^(?<name>([A-Za-z0-9][\w.-]*/)?[A-Za-z0-9][\w.-]*)(@(?<rev>(?!.*\.\.)[\w][\w./-]*))?"
        + @"(:(?<file>(?!/)(?!.*\.\.)[^:\\]+\.gguf))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ModelName();

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*|(?=@|$)))(@(?<rev>refs/(?:pr|convert)/[\w.-]+|[\w][\w.-]*))?"
        + @"(/(?<path>[^!]*))?(!(?<inner>.+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex DataName();
}

/// <summary>Files of a repository of the hub.</summary>
/// <param name="Text">The address as written.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Revision">A branch, a tag or a commit.</param>
/// <param name="Path">A file, a folder, or a pattern with <c>*</c> and <c>?</c>; empty for what is needed of all of it.</param>
/// <param name="Inner">A path in the archive.</param>
internal sealed record HubAddress(string Text, HubRepository Repository, string Revision, string Path, string? Inner)
    : RemoteAddress(Text, Inner)
{
    /// <summary>The revision where none is named.</summary>
    public const string Main = "main";

    /// <inheritdoc/>
    public override string Verb => Repository.Verb;
}

/// <summary>A file of any server, whose content is known by its hash.</summary>
/// <param name="Text">The address as written.</param>
/// <param name="Uri">The file.</param>
/// <param name="Sha256">SHA-256 of its content, in hex.</param>
/// <param name="Inner">A path in the archive.</param>
internal sealed partial record WebAddress(string Text, Uri Uri, string Sha256, string? Inner) : RemoteAddress(Text, Inner)
{
    /// <inheritdoc/>
    public override string Verb => "data";

    /// <summary>The file's name.</summary>
    public string FileName => System.Uri.UnescapeDataString(Uri.Segments[^1]) is var name
        && SafePath.Fault(name) is null && !name.Contains('/', StringComparison.Ordinal) ? name : "file";

    /// <summary>Reads an address.</summary>
    /// <exception cref="LlmKickException">It is none; the message ends a sentence.</exception>
    public static WebAddress Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            throw new LlmKickException("does not say what the file holds: write its SHA-256 behind it, …#sha256= and 64 hexadecimal "
                + "digits, as 'sha256sum FILE' tells it.");
        var isAddress = Uri.TryCreate(match.Groups["address"].Value, UriKind.Absolute, out var uri);
        return isAddress && uri is { Host.Length: > 0, UserInfo: "" }
            ? new WebAddress(text, uri, match.Groups["hash"].Value.ToLowerInvariant(), Inside(match.Groups["inner"]))
            : throw new LlmKickException("is no address of a file: write https://host/path#sha256=…, without a user's name.");
    }

    [GeneratedRegex("^(?<address>[^#!]+)(!(?<inner>[^#]+))?#sha256=(?<hash>[0-9A-Fa-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
