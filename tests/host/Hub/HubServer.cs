using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LlmKick.Tests.Hub;

/// <summary>A server on this machine that answers as the hub does, and as the one that the hub sends on to for large files; it does wrong
/// what a test says.</summary>
internal sealed partial class HubServer : IDisposable
{
    private const int Large = 64;

    private readonly TcpListener hub = new(IPAddress.Loopback, 0);
    private readonly TcpListener kept = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, byte[]> contents = new();

    public HubServer()
    {
        hub.Start();
        kept.Start();
        _ = ListenAsync(hub, Answer);
        _ = ListenAsync(kept, Keep);
    }

    /// <summary>Its address.</summary>
    public string Url => $"http://{Authority(hub)}";

    /// <summary>The address of the one that keeps large files.</summary>
    public string KeptUrl => $"http://{Authority(kept)}";

    /// <summary>The repositories, by <c>models/org/name</c> or <c>datasets/org/name</c>.</summary>
    public ConcurrentDictionary<string, HubContents> Repositories { get; } = new();

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    /// <summary>What is done wrong with a request; it is asked once for each.</summary>
    public Func<HubRequest, HubFault?> Faults { get; set; } = _ => null;

    /// <summary>Bytes of files that were sent.</summary>
    public long Sent => Interlocked.Read(ref sent);

    private long sent;

    public static string CommitOf(int number) => Convert.ToHexStringLower(SHA1.HashData(BitConverter.GetBytes(number)));

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string GitHash(byte[] content) => Convert.ToHexStringLower(SHA1.HashData(
        [.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));

    /// <summary>Whether a file is kept elsewhere, under its SHA-256.</summary>
    public static bool IsLarge(string path, byte[] content) => content.Length > Large && !path.EndsWith(".json", StringComparison.Ordinal);

    public HubContents Add(string repository, params (string Path, byte[] Content)[] files) => Repositories[repository] =
        new HubContents(CommitOf(repository.Length)) { Files = files.ToDictionary(file => file.Path, file => file.Content) };

    public void Dispose()
    {
        hub.Dispose();
        kept.Dispose();
    }

    private static string Authority(TcpListener listener) => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    private async Task ListenAsync(TcpListener listener, Func<HubRequest, Reply> answer)
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(), answer);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    private async Task ServeAsync(TcpClient client, Func<HubRequest, Reply> answer)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                if (await ReadAsync(stream) is not { } request)
                    return;
                Requests.Enqueue(request);
                await WriteAsync(stream, request, Faults(request), answer);
            }
            catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
            {
                return; // whoever asked is gone
            }
    }

    private static async Task<HubRequest?> ReadAsync(NetworkStream stream)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n");
        var headers = lines.Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal)).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        var range = Range().Match(headers.GetValueOrDefault("Range", ""));
        var first = lines[0].Split(' ');
        return new HubRequest(first[0], first[1], range.Success ? long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : null,
            headers.GetValueOrDefault("Authorization"), Encoding.UTF8.GetString(body));
    }

    private async Task WriteAsync(NetworkStream stream, HubRequest request, HubFault? fault, Func<HubRequest, Reply> answer)
    {
        if (fault?.Cut < 0)
            return;
        var reply = fault?.Status is { } status ? new Reply(status, fault.Headers, []) : answer(request);
        var (body, from) = (reply.Body, reply.IsFile && fault?.IgnoresRange != true ? request.From : null);
        List<string> headers = [.. reply.Headers, "Connection: close"];
        var code = reply.Status;
        if (from >= body.Length && from > 0)
            (code, body) = (416, []);
        else if (from is { } start)
        {
            headers.Add($"Content-Range: bytes {start}-{body.Length - 1}/{body.Length}");
            (code, body) = (206, body[(int)start..]);
        }
        headers.Add($"Content-Length: {body.Length}");
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {code} X\r\n{string.Join("\r\n", headers)}\r\n\r\n"));
        if (request.Method == "HEAD")
            return;
        if (fault?.Wrong is { } place && place < body.Length)
        {
            body = [.. body];
            body[place] ^= 1;
        }
        var end = Math.Min(fault?.Cut ?? body.Length, body.Length);
        if (fault is { Rest: var rest } && rest > TimeSpan.Zero)
        {
            await stream.WriteAsync(body.AsMemory(0, end / 2));
            await stream.FlushAsync();
            await Task.Delay(rest);
            await stream.WriteAsync(body.AsMemory(end / 2, end - end / 2));
        }
        else
            await stream.WriteAsync(body.AsMemory(0, end));
        if (request.IsContent)
            Interlocked.Add(ref sent, end);
    }

    private Reply Answer(HubRequest request)
    {
        if (request.Path == "/api/whoami-v2")
            return request.Token is { } own && !own.EndsWith("hf_unknown", StringComparison.Ordinal)
                ? Json(new JsonObject { ["type"] = "user", ["name"] = "made" })
                : Json(new JsonObject { ["error"] = "Invalid username or password." }) with { Status = 401 };
        if (Address().Match(request.Path) is not { Success: true } match)
            return Page().Match(request.Path) is { Success: true } page ? Resolve(request, page) : Refused(404, "RepoNotFound");
        if (!Repositories.TryGetValue(match.Groups["repo"].Value, out var repository))
            return Refused(401, "RepoNotFound");
        if (repository.Token is { } token && request.Token != $"Bearer {token}")
            return Refused(401, "GatedRepo");
        var rest = match.Groups["rest"].Value;
        return match.Groups["verb"].Value switch
        {
            "refs" => Json(new JsonObject { ["branches"] = new JsonArray(new JsonObject { ["name"] = "main" }),
                ["tags"] = new JsonArray(new JsonObject { ["name"] = "v1.0" }) }),
            "" or "revision" when repository.Has(rest) => Json(new JsonObject { ["id"] = match.Groups["repo"].Value, ["sha"] =
                repository.Commit, ["lastModified"] = "2026-01-01T00:00:00.000Z", ["likes"] = 0, ["downloads"] = 0, ["private"] = false,
                ["gated"] = false, ["siblings"] = new JsonArray() }),
            "tree" when repository.Has(rest) => Tree(request, repository),
            "paths-info" when repository.Has(rest) => Json(new JsonArray([.. repository.Files
                .Where(file => request.Body.Contains(file.Key, StringComparison.Ordinal))
                .Select(file => Entry(file.Key, file.Value, repository.Commit))])),
            _ => Refused(404, "RevisionNotFound"),
        };
    }

    private Reply Tree(HubRequest request, HubContents repository)
    {
        if (repository.Listing is { } listing)
            return Json(JsonNode.Parse(listing)!);
        var page = request.Target.Contains("cursor=", StringComparison.Ordinal) ? 1 : 0;
        var entries = repository.Files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => Entry(file.Key, file.Value, null)).ToList();
        var half = repository.IsPaged ? entries.Count / 2 : entries.Count;
        var reply = Json(new JsonArray([.. page == 0 ? entries[..half] : entries[half..]]));
        return repository.IsPaged && page == 0
            ? reply with { Headers = [.. reply.Headers, $"Link: <{Url}{request.Target}&cursor=x>; rel=\"next\""] } : reply;
    }

    private Reply Resolve(HubRequest request, Match page)
    {
        var kind = page.Groups["data"].Success ? "datasets" : "models";
        if (!Repositories.TryGetValue($"{kind}/{page.Groups["repo"].Value}", out var repository))
            return Refused(401, "RepoNotFound");
        if (repository.Token is { } token && request.Token != $"Bearer {token}")
            return Refused(401, "GatedRepo");
        if (!repository.Has(page.Groups["rev"].Value))
            return Refused(404, "RevisionNotFound");
        var path = page.Groups["path"].Value;
        if (!repository.Files.TryGetValue(path, out var content))
            return Refused(404, "EntryNotFound");
        var commit = $"X-Repo-Commit: {repository.Commit}";
        if (!IsLarge(path, content))
            return new Reply(200, [commit, $"ETag: \"{GitHash(content)}\"", "Accept-Ranges: bytes"], content) { IsFile = true };
        contents[Sha256(content)] = content;
        return new Reply(302, [commit, $"X-Linked-Etag: \"{Sha256(content)}\"", $"X-Linked-Size: {content.Length}",
            $"ETag: \"{GitHash(content)}\"", $"X-Xet-Hash: {Sha256(content)}", $"Location: {KeptUrl}/kept/{Sha256(content)}"], []);
    }

    private Reply Keep(HubRequest request) =>
        contents.TryGetValue(request.Path.Split('/')[^1], out var content)
            ? new Reply(200, ["ETag: \"kept\"", "Accept-Ranges: bytes"], content) { IsFile = true } : new Reply(403, [], []);

    /// <summary>Keeps a file that belongs to no repository; returns its address.</summary>
    public string Put(string name, byte[] content)
    {
        contents[name] = content;
        return $"{KeptUrl}/kept/{name}";
    }

    private static JsonObject Entry(string path, byte[] content, string? commit)
    {
        var entry = new JsonObject { ["type"] = "file", ["oid"] = GitHash(content), ["size"] = content.Length, ["path"] = path };
        if (commit is not null)
            entry["lastCommit"] = new JsonObject { ["id"] = commit, ["title"] = "", ["date"] = "2026-01-01T00:00:00.000Z" };
        if (!IsLarge(path, content))
            return entry;
        entry["oid"] = GitHash(Encoding.ASCII.GetBytes(Sha256(content)));
        entry["lfs"] = new JsonObject { ["oid"] = Sha256(content), ["size"] = content.Length, ["pointerSize"] = 134 };
        entry["xetHash"] = Sha256(content);
        return entry;
    }

    private static Reply Json(JsonNode body) => new(200, ["Content-Type: application/json"], JsonSerializer.SerializeToUtf8Bytes(body));

    private static Reply Refused(int status, string code) => new(status, [$"X-Error-Code: {code}", "X-Error-Message: no"], []);

    [GeneratedRegex("^bytes=(\\d+)-", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex("^/api/(?<repo>(models|datasets)/(?:[^/]+/)?[^/]+?)(/(?<verb>revision|tree|paths-info|refs)(/(?<rest>.*))?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("^/(?<data>datasets/)?(?<repo>[^/]+(?:/[^/]+)?)/resolve/(?<rev>[^/]+)/(?<path>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Page();

    private sealed record Reply(int Status, string[] Headers, byte[] Body)
    {
        public bool IsFile { get; init; }
    }
}
