namespace LlmKick.Sdk.Tasks;

/// <summary>A file of a task's own beside a run's records, such as what another program wants to read.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Lines">Its text, line by line; each is ended.</param>
public sealed record TaskOutput(string Name, IEnumerable<string> Lines);
