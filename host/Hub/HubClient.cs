using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Sdk.Options;

namespace LlmKick.Hub;

/// <summary>Asks the hub what it has.</summary>
/// <param name="http">Asks servers.</param>
internal sealed partial class HubClient(HubHttp http)
{
    private const int MaxPages = 10_000;

    private HubSettings Settings => http.Settings;

    /// <summary>The commit of a revision.</summary>
    /// <exception cref="LlmKickException">There is none, or it is not for whoever asks.</exception>
    public async Task<string> CommitAsync(HubRepository repository, string revision, CancellationToken cancellationToken)
    {
        var answer = await JsonAsync(Address($"{repository.Api}/revision/{Uri.EscapeDataString(revision)}"), repository, revision,
            cancellationToken);
        return answer.Body["sha"]?.ToString() is { } commit && SafePath.IsCommit(commit) ? commit : throw NoHub();
    }

    /// <summary>The files of a commit.</summary>
    public async Task<HubTree> TreeAsync(HubRepository repository, string commit, CancellationToken cancellationToken)
    {
        var files = new List<HubFile>();
        Uri? page = Address($"{repository.Api}/tree/{commit}?recursive=true&expand=false");
        for (var pages = 0; page is not null; pages++)
        {
            if (pages > MaxPages)
                throw NoHub();
            var (body, next) = await JsonAsync(page, repository, commit, cancellationToken);
            files.AddRange((body as JsonArray ?? throw NoHub()).Where(entry => Text(entry, "type") == "file").Select(File));
            page = next is null ? null : Uri.TryCreate(page, next, out var other) && Settings.IsHub(other) ? other
                : throw NoHub();
        }
        return HubTree.Of(files, repository.Name);
    }

    /// <summary>Where a file of a commit is.</summary>
    public Uri FileAddress(HubRepository repository, string commit, string path) =>
        Address($"{repository.Page}/resolve/{commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>A sentence for what the hub refuses.</summary>
    public LlmKickException Explain(RefusedException refusal, HubRepository repository, string revision, string? path = null)
    {
        var (name, page) = ($"'{repository.Name}'", $"{Settings.Endpoint.ToString().TrimEnd('/')}{repository.Page}");
        var token = Settings.Token is { } given ? $"The token in {given} does not reach it: take one of an account that may see it."
            : $"If it is private, set HF_TOKEN to a token that may read it, or put that into '{Settings.TokenFile}'.";
        return new(refusal switch
        {
            { Code: "GatedRepo" } => $"{name} is given only to those who accept its terms: accept them at {page}, then "
                + (Settings.Token is { } mine ? $"ask with that account's token (the one in {mine} is not enough)."
                    : $"set HF_TOKEN to a token of that account, or put it into '{Settings.TokenFile}'."),
            { Code: "RevisionNotFound" } => $"{name} has no revision '{revision}': see {page}/tree/main for those that it has.",
            { Code: "EntryNotFound" } => $"{name} lists '{path}' and does not have it: try again later, or name another revision.",
            { Code: "RepoNotFound" } or { Status: 404 } =>
                $"The hub has no {repository.Word} {name}, or does not show it{NotHere(repository)}: check the name. {token}",
            { Status: 401 } => $"The hub shows {name} only to those whom it knows. {token}",
            { Status: 403 } => $"The hub does not give {name} away{Said(refusal)} {token}",
            _ => $"The hub does not give {name} away (status {refusal.Status}){Said(refusal)} See {page}.",
        }, refusal);
    }

    private static string NotHere(HubRepository repository) => repository.Kind == HubKind.Model
        ? ", and no file or folder here is called so" : " (one without an owner is written hub:NAME@main/…)";

    private static string Said(RefusedException refusal) =>
        refusal.Told is { Length: > 0 } told ? $"; it says: {told.TrimEnd('.')}." : ".";

    private async Task<(JsonNode Body, string? Next)> JsonAsync(Uri address, HubRepository repository, string revision,
        CancellationToken cancellationToken)
    {
        try
        {
            return await http.TryAsync(() => AskAsync(address, cancellationToken), () => 0, cancellationToken);
        }
        catch (RefusedException refusal) when (refusal.Code == "RevisionNotFound")
        {
            throw await WithNearAsync(refusal, repository, revision, cancellationToken);
        }
        catch (RefusedException refusal)
        {
            throw Explain(refusal, repository, revision);
        }
    }

    private async Task<(JsonNode Body, string? Next)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(address, 0, cancellationToken);
        try
        {
            var text = await http.TextAsync(response, cancellationToken);
            return (JsonNode.Parse(text) ?? throw NoHub(), Next().Match(HubHttp.Header(response, "Link") ?? "") is { Success: true } match
                ? match.Groups[1].Value : null);
        }
        // The latter of a set of characters that nobody knows.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw NoHub();
        }
    }

    /// <summary>Names the revisions that were perhaps meant.</summary>
    private async Task<LlmKickException> WithNearAsync(RefusedException refusal, HubRepository repository, string revision,
        CancellationToken cancellationToken)
    {
        try
        {
            var (body, _) = await AskAsync(Address($"{repository.Api}/refs"), cancellationToken);
            var names = new[] { "branches", "tags" }.SelectMany(kind => body[kind]?.AsArray() ?? [])
                .Select(one => Text(one, "name") ?? "").ToList();
            return new($"'{repository.Name}' has no revision '{revision}'{NearestName.Question(revision, names)} It has "
                + $"{string.Join(", ", names.Take(12))}{(names.Count > 12 ? $" and {names.Count - 12} more" : "")}.", refusal);
        }
        catch (Exception failure)
            when (failure is PassingException or RefusedException or LlmKickException or InvalidOperationException)
        {
            return Explain(refusal, repository, revision);
        }
    }

    private static HubFile File(JsonNode? entry)
    {
        try
        {
            var large = entry!["lfs"] as JsonObject;
            return new HubFile(Text(entry, "path") ?? "", (large?["size"] ?? entry["size"])!.GetValue<long>(), Text(entry, "oid") ?? "",
                Text(large, "oid") ?? Text(large, "sha256"), Text(entry, "xetHash"));
        }
        catch (Exception failure)
            when (failure is NullReferenceException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return new HubFile("", -1, "");
        }
    }

    private static string? Text(JsonNode? node, string key) =>
        (node as JsonObject)?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private Uri Address(string path) => new(Settings.Endpoint.ToString().TrimEnd('/') + path);

    private LlmKickException NoHub() => new($"'{Settings.Endpoint.Authority}' does not answer as the hub does: check HF_ENDPOINT, or "
        + $"whether a page to log in stands between.");

    [GeneratedRegex("<([^>]+)>;\\s*rel=\"next\"", RegexOptions.CultureInvariant)]
    private static partial Regex Next();
}
