using System.Collections.Concurrent;
using LlmKick.Sdk.Compression;

namespace LlmKick.Storage;

/// <summary>The encodings that can be written and read, by their kinds: the SDK's own and those of loaded plugins.</summary>
internal static class EncodingKinds
{
    private static readonly (string Kind, Type Type)[] Own =
        [("dense", typeof(DenseEncoding)), ("pruned", typeof(PrunedEncoding)), ("quantized", typeof(QuantizedEncoding))];

    private static readonly ConcurrentDictionary<string, Type> Offered = new();

    /// <summary>All of them.</summary>
    public static IEnumerable<(string Kind, Type Type)> Types => Own.Concat(Offered.Select(row => (row.Key, row.Value)));

    /// <summary>Whether a kind is the SDK's own.</summary>
    public static bool IsOwn(string kind) => Own.Any(row => row.Kind == kind);

    /// <summary>The type of a kind, or null where no plugin offers it.</summary>
    public static Type? Find(string kind) => Types.FirstOrDefault(row => row.Kind == kind).Type;

    /// <summary>Adds what a plugin offers.</summary>
    public static void Add(string kind, Type type) => Offered[kind] = type;
}
