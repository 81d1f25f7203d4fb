using System.Globalization;
using LlmKick.Sdk;

namespace LlmKick.Runs.Shards;

/// <summary>Says which parts of a run are missing.</summary>
/// <param name="parts">The parts that are there.</param>
internal sealed class MissingParts(IReadOnlyList<ShardFolder> parts)
{
    private readonly int count = parts[0].Record.Count;

    /// <summary>Checks that every task on every variant is there.</summary>
    /// <exception cref="LlmKickException">Parts are missing, or not finished.</exception>
    public void Check(IEnumerable<ShardUnit> units)
    {
        var missing = units.SelectMany(unit => unit.Missing()).Distinct().Order().ToList();
        List<int> absent = [.. missing.Where(index => parts.All(part => part.Record.Index != index))];
        if (absent.Count > 0)
            throw new LlmKickException(
                $"{Words(absent)} of {count} {(absent.Count == 1 ? "is" : "are")} missing: name the folders of all parts.");
        if (missing.Count > 0)
            throw new LlmKickException($"{Words(missing)} of {count}, in "
                + $"{string.Join(", ", parts.Where(part => missing.Contains(part.Record.Index)).Select(part => $"'{part.Path}'"))}, "
                + $"{(missing.Count == 1 ? "is" : "are")} not finished: give the command that made {(missing.Count == 1 ? "it" : "each")} "
                + $"again, and it goes on where it was.");
    }

    private static string Words(List<int> indices) => (indices.Count == 1 ? "Part " : "Parts ")
        + string.Join(", ", indices.Select(index => index.ToString(CultureInfo.InvariantCulture)));
}
