namespace LlmKick.Transformers.Export;

/// <summary>Why linears cannot be stored as they are: one sentence a reason, however many it is true of.</summary>
internal static class LinearFaults
{
    public static IReadOnlyList<string> Sentences(IEnumerable<(LinearFacts Linear, string Reason)> faults) =>
        [.. faults.GroupBy(fault => fault.Reason).Select(group => $"{Who([.. group.Select(fault => fault.Linear.Name)])} {group.Key}")];

    private static string Who(List<string> names) => names.Count == 1 ? $"'{names[0]}'" : $"'{names[0]}' and {names.Count - 1} more";
}
