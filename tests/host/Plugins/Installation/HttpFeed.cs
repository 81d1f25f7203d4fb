using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LlmKick.Tests.Plugins.Installation;

/// <summary>A feed of NuGet's version 3 protocol on this machine.</summary>
internal sealed class HttpFeed : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Dictionary<string, byte[]> pages = new(StringComparer.OrdinalIgnoreCase);
    private readonly string root;

    public HttpFeed()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            root = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        listener.Prefixes.Add(root);
        listener.Start();
        pages["index.json"] = Json(new JsonObject { ["version"] = "3.0.0", ["resources"] = new JsonArray(Resource("flat/",
            "PackageBaseAddress/3.0.0"), Resource("reg/", "RegistrationsBaseUrl/3.6.0"), Resource("reg/", "RegistrationsBaseUrl")) });
        _ = AnswerAsync();
    }

    /// <summary>The feed's address.</summary>
    public string Address => root + "index.json";

    /// <summary>Serves the versions of one package.</summary>
    /// <param name="hash">What the feed says of the files' SHA-512; what it is unless given.</param>
    /// <param name="packages">The versions.</param>
    public void Offer(string? hash, params TestPackage[] packages)
    {
        var id = packages[0].Id.ToLowerInvariant();
        foreach (var package in packages)
            pages[$"flat/{id}/{package.Version}/{id}.{package.Version}.nupkg"] = package.ToBytes();
        pages[$"flat/{id}/index.json"] =
            Json(new JsonObject { ["versions"] = new JsonArray([.. packages.Select(package => JsonValue.Create(package.Version))]) });
        var leaves = new JsonArray([.. packages.Select(package => Leaf(package, id, hash))]);
        pages[$"reg/{id}/index.json"] = Json(new JsonObject
        {
            ["count"] = 1,
            ["items"] = new JsonArray(new JsonObject { ["@id"] = root + $"reg/{id}/index.json#page", ["count"] = leaves.Count,
                ["lower"] = packages[0].Version, ["upper"] = packages[^1].Version, ["items"] = leaves }),
        });
    }

    /// <summary>Serves a page.</summary>
    public void Put(string path, string content) => pages[path] = Encoding.UTF8.GetBytes(content);

    public void Dispose() => listener.Close();

    private JsonObject Leaf(TestPackage package, string id, string? hash)
    {
        var file = $"flat/{id}/{package.Version}/{id}.{package.Version}.nupkg";
        return new JsonObject
        {
            ["@id"] = root + $"reg/{id}/{package.Version}.json",
            ["packageContent"] = root + file,
            ["catalogEntry"] = new JsonObject
            {
                ["@id"] = root + $"catalog/{id}/{package.Version}.json",
                ["id"] = package.Id,
                ["version"] = package.Version,
                ["listed"] = true,
                ["packageHash"] = hash ?? Convert.ToBase64String(SHA512.HashData(pages[file])),
                ["packageHashAlgorithm"] = "SHA512",
                ["dependencyGroups"] = new JsonArray(new JsonObject { ["targetFramework"] = "net10.0", ["dependencies"] =
                    new JsonArray([.. package.Dependencies.Select(one => new JsonObject { ["id"] = one.Id, ["range"] = one.Range })]) }),
            },
        };
    }

    private JsonObject Resource(string path, string type) => new() { ["@id"] = root + path, ["@type"] = type };

    private static byte[] Json(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            context.Response.StatusCode = pages.TryGetValue(context.Request.Url!.AbsolutePath.TrimStart('/'), out var page) ? 200 : 404;
            context.Response.Close(page ?? [], willBlock: false);
        }
    }
}
