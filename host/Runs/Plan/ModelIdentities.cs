using System.Text.Json;
using LlmKick.Recipes;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Plan;

/// <summary>What models are, found out once for as long as their files are the same.</summary>
/// <param name="cache">Keeps the identities.</param>
/// <param name="facts">Describes components.</param>
internal sealed class ModelIdentities(FactCache cache, ComponentFacts facts)
{
    /// <summary>Finds out what a recipe's model is.</summary>
    public ModelIdentity Of(ComponentUse model, CancellationToken cancellationToken)
    {
        var key = "model " + Fingerprint.Of(facts.Settings(model))
            + string.Concat(ComponentFacts.Places(model).Select(place => " " + place));
        return cache.Get(key, () => Identify(model, cancellationToken)).Deserialize<ModelIdentity>(RunJson.Line)!;
    }

    private static CachedFact Identify(ComponentUse model, CancellationToken cancellationToken)
    {
        var loader = (IModelLoader)model.Component.Create(model.Options);
        var folders = ComponentFacts.Paths(model).Select(FileStamp.Of).ToList();
        var identity = loader.Identify(cancellationToken);
        var files = identity.Files.Select(file => FileStamp.Of(Path.GetFullPath(file)));
        return new CachedFact([.. folders, .. files], JsonSerializer.SerializeToNode(identity, RunJson.Line)!);
    }
}
