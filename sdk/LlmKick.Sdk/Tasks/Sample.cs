namespace LlmKick.Sdk.Tasks;

/// <summary>One thing that is asked. Tasks derive their own.</summary>
/// <param name="Id">Unique in the task and stable over runs: by it variants are paired.</param>
public record Sample(string Id)
{
    /// <summary>The right answer, for people and tools that read samples; empty where there is none.</summary>
    public virtual string Target => "";
}
