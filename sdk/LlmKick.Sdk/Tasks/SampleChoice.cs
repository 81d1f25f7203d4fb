namespace LlmKick.Sdk.Tasks;

/// <summary>Which samples a task keeps when their number is limited.</summary>
public enum SampleChoice
{
    /// <summary>The first, in the order of the data.</summary>
    First,

    /// <summary>A random choice, decided by the task's seed, in the order of the data.</summary>
    Random,
}
