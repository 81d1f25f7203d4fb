namespace LlmKick.Tests.Hub;

/// <summary>A request as a server took it.</summary>
/// <param name="Method">GET, HEAD or POST.</param>
/// <param name="Target">Path and query.</param>
/// <param name="From">The first byte that was asked for; null without a range.</param>
/// <param name="Token">What the request was authorised with, or null.</param>
/// <param name="Body">Its body.</param>
internal sealed record HubRequest(string Method, string Target, long? From, string? Token, string Body)
{
    /// <summary>The path alone.</summary>
    public string Path => Uri.UnescapeDataString(Target.Split('?')[0]);

    /// <summary>Whether a file's content is asked for, here or from where it is kept.</summary>
    public bool IsContent => Method == "GET" && (Path.Contains("/resolve/", StringComparison.Ordinal)
        || Path.StartsWith("/kept/", StringComparison.Ordinal));
}
