using LlmKick.Sdk;
using LlmKick.Sdk.Options;

namespace LlmKick.Harness.Yaml;

/// <summary>Refuses keys that nothing reads, all of a map at once.</summary>
internal static class KnownKeys
{
    /// <summary>Looks at a file's own keys.</summary>
    public static void Require(TaskFile file, IReadOnlyList<string> known)
    {
        var strange = file.Values.Keys.Where(key => !known.Contains(key)).ToList();
        if (strange.Count > 0)
            throw new LlmKickException($"{file.Places[strange[0]]}: {Sentence(strange, known)}");
    }

    /// <summary>Looks at the keys of a map inside.</summary>
    public static void Require(TaskFile file, string key, IEnumerable<string> given, IReadOnlyList<string> known)
    {
        var strange = given.Where(one => !known.Contains(one)).ToList();
        if (strange.Count > 0)
            throw file.Fault(key, Sentence(strange, known));
    }

    /// <summary>What somebody meant who mistyped a name, in brackets; nothing where no known name is near.</summary>
    public static string Meant(string given, IEnumerable<string> known) =>
        NearestName.Find(given, known) is { } near ? $" (did you mean '{near}'?)" : "";

    private static string Sentence(List<string> strange, IReadOnlyList<string> known) => strange.Count == 1
        ? $"no key is called '{strange[0]}'{Meant(strange[0], known)}; take it out or mend its name."
        : $"no keys are called {string.Join(", ", strange.Select(key => $"'{key}'"))}; take them out or mend their names.";
}
