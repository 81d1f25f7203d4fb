using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Terminals;

namespace LlmKick.Diagnosis;

/// <summary>Whether models and data can be fetched, and what is kept of them.</summary>
internal static class HubFindings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Finding>> AllAsync(Func<HubSettings> read, CancellationToken cancellationToken)
    {
        try
        {
            var settings = read();
            var (hub, token) = await HubAsync(settings, cancellationToken);
            return [hub, Cache(settings), token];
        }
        catch (LlmKickException fault)
        {
            return [new Finding("hub", FindingState.Problem, fault.Message)];
        }
    }

    /// <summary>Asks the hub who asks: a hub alone answers that, in its own form, also where it knows nobody.</summary>
    private static async Task<(Finding Hub, Finding Token)> HubAsync(HubSettings settings, CancellationToken cancellationToken)
    {
        var address = settings.Endpoint.ToString().TrimEnd('/');
        if (settings.Offline is { } offline)
            return (Finding.Ok("hub", $"{address} (not asked: {offline})", address), Token(settings));
        using var http = new HubHttp(settings with { Patience = Patience }, tries: 1);
        try
        {
            foreach (var question in new[] { "/api/whoami-v2", "/api/models/llmkick/none/revision/main" })
            {
                var answer = await http.AnswerAsync(new Uri(address + question), cancellationToken);
                if (!answer.IsOfHub)
                    continue;
                var isRefused = answer.Status == 401 && question.EndsWith("whoami-v2", StringComparison.Ordinal);
                return (Finding.Ok("hub", $"{address} answers", address), Token(settings, isRefused));
            }
            var other = await http.AnswerAsync(settings.Endpoint, cancellationToken);
            return (other.Status >= 500 ? Ill(address, $"{address} answers {other.Status}", "Try again later.")
                : Ill(address, $"{address} is no hub: it answers {other.Words}", "Check HF_ENDPOINT, and whether a page to log in stands "
                    + "between."), Token(settings));
        }
        catch (PassingException fault)
        {
            return (Ill(address, $"{address}: {fault.Message}", "What is here already is used all the same; a mirror is named by "
                + "HF_ENDPOINT, a proxy by HTTPS_PROXY."), Token(settings));
        }
    }

    private static Finding Ill(string address, string found, string advice) =>
        new("hub", FindingState.Warning, found, advice) { Value = address };

    private static Finding Cache(HubSettings settings)
    {
        try
        {
            var cache = new HubCache(settings.CacheFolder);
            var (models, data) = (CachedRepository.All(cache, HubKind.Model), CachedRepository.All(cache, HubKind.Dataset));
            List<CachedRepository> all = [.. models, .. data];
            var found = $"{models.Count} model{(models.Count == 1 ? "" : "s")} and {data.Count} data set{(data.Count == 1 ? "" : "s")}, "
                + ByteCount.OnDisk(CachedRepository.Size(all));
            var broken = all.Where(one => one.IsBroken || one.Unfinished > 0).Select(one => one.Repository.Name).ToList();
            var value = new JsonObject { ["models"] = models.Count, ["data"] = data.Count,
                ["unfinished"] = new JsonArray([.. broken.Select(name => (JsonNode)name)]) };
            return broken.Count == 0 ? Finding.Ok("kept of the hub", found, value)
                : new Finding("kept of the hub", FindingState.Warning, $"{found}; not whole: {string.Join(", ", broken)}",
                    "A run that names them fetches the rest; 'llmkick model list' and 'llmkick data list' show more, and 'remove' removes.")
                { Value = value };
        }
        catch (Exception failure) when (FileFault.Is(failure))
        {
            return new Finding("kept of the hub", FindingState.Warning, FileFault.Explain(failure),
                "Give access to the folder, or set HF_HUB_CACHE to one of yours.");
        }
    }

    private static Finding Token(HubSettings settings, bool isRefused = false) => settings.Token switch
    {
        null => Finding.Ok("hub token", $"none (only private and gated models need one: HF_TOKEN, or '{settings.TokenFile}')"),
        { } token when isRefused => new("hub token", FindingState.Warning, $"from {token.Source}; the hub does not know it",
            "Set it to a token of your account that is still valid, or unset it: what is public needs none.") { Value = token.Source },
        { } token => Finding.Ok("hub token", $"from {token.Source}", token.Source),
    };
}
