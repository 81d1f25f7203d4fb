namespace LlmKick.Tests.Hub;

/// <summary>What a server has of a repository.</summary>
/// <param name="Commit">The commit that 'main' is.</param>
internal sealed record HubContents(string Commit)
{
    /// <summary>Its files, by path.</summary>
    public Dictionary<string, byte[]> Files { get; init; } = [];

    /// <summary>Whom it is given to, or null for all.</summary>
    public string? Token { get; set; }

    /// <summary>Whether its listing comes in two pages.</summary>
    public bool IsPaged { get; set; }

    /// <summary>A listing that does not follow from the files, in JSON.</summary>
    public string? Listing { get; set; }

    /// <summary>Whether it has a revision.</summary>
    public bool Has(string revision) => revision.Split('/')[0] is var name && (name is "main" or "v1.0" or "" || name == Commit);
}
