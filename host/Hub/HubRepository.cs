namespace LlmKick.Hub;

/// <summary>What a repository of the hub holds.</summary>
internal enum HubKind
{
    /// <summary>A model.</summary>
    Model,

    /// <summary>A data set.</summary>
    Dataset,
}

/// <summary>A repository of the hub.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Its name, <c>org/name</c>, or <c>name</c> where it has no owner.</param>
internal sealed record HubRepository(HubKind Kind, string Name)
{
    private const string Separator = "--";

    /// <summary>Its folder in the cache.</summary>
    public string Folder => $"{Plural}{Separator}{Name.Replace("/", Separator, StringComparison.Ordinal)}";

    /// <summary>What it is, in a word.</summary>
    public string Word => Kind == HubKind.Model ? "model" : "data set";

    /// <summary>The verb that looks after what is kept of it.</summary>
    public string Verb => Kind == HubKind.Model ? "model" : "data";

    /// <summary>The path of its questions below the hub's address.</summary>
    public string Api => $"/api/{Plural}/{Name}";

    /// <summary>The path of its page below the hub's address.</summary>
    public string Page => Kind == HubKind.Model ? $"/{Name}" : $"/{Plural}/{Name}";

    private string Plural => Kind == HubKind.Model ? "models" : "datasets";

    /// <summary>The repository of a folder of the cache; null where it is none of these.</summary>
    public static HubRepository? OfFolder(string folder)
    {
        var parts = folder.Split(Separator, 2);
        HubKind? kind = parts[0] switch { "models" => HubKind.Model, "datasets" => HubKind.Dataset, _ => null };
        return kind is { } one && parts is [_, { Length: > 0 } name]
            ? new HubRepository(one, name.Replace(Separator, "/", StringComparison.Ordinal)) : null;
    }
}
