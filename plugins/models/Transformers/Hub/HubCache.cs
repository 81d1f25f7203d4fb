using LlmKick.Sdk;

namespace LlmKick.Transformers.Hub;

/// <summary>The folder where Hugging Face's tools keep downloaded models.</summary>
internal sealed class HubCache(string root)
{
    /// <summary>The cache that Hugging Face's tools use: <c>HF_HUB_CACHE</c>, else below <c>HF_HOME</c>, else below the user's cache folder.</summary>
    public static HubCache Default { get; } = new(DefaultRoot(Environment.GetEnvironmentVariable));

    public string Root => root;

    public static string DefaultRoot(Func<string, string?> variable)
    {
        if (variable("HF_HUB_CACHE") is { Length: > 0 } cache)
            return cache;
        if (variable("HF_HOME") is { Length: > 0 } home)
            return Path.Combine(home, "hub");
        var user = variable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(user, "huggingface", "hub");
    }

    /// <summary>The folder of a downloaded model's current snapshot.</summary>
    public string Find(string name)
    {
        var model = Path.Combine(root, HubName.Folder(name));
        var reference = Path.Combine(model, "refs", "main");
        if (!File.Exists(reference))
            throw NotFound(name);
        var snapshot = Path.Combine(model, "snapshots", Path.GetFileName(File.ReadAllText(reference).Trim()));
        return Directory.Exists(snapshot) ? snapshot : throw NotFound(name);
    }

    private LlmKickException NotFound(string name) =>
        new($"'{name}' is neither a local path nor a downloaded model in '{root}'; download it with 'hf download {name}', or give a GGUF file or a folder.");
}
