using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Storage;

/// <summary>The kinds of encodings, requests and responses that can be written and read: the SDK's own, which it names at their base
/// types, and those of loaded plugins.</summary>
internal static class StoredKinds
{
    private static readonly ConcurrentDictionary<(Type Base, string Kind), Type> Offered = new();

    /// <summary>Whether a kind is the SDK's own.</summary>
    public static bool IsOwn<T>(string kind) => Own(typeof(T)).Any(row => (string?)row.TypeDiscriminator == kind);

    /// <summary>Whether a kind can be read.</summary>
    public static bool IsKnown<T>(string kind) => IsOwn<T>(kind) || Offered.ContainsKey((typeof(T), kind));

    /// <summary>Adds what a plugin offers: it is written and read from here on.</summary>
    public static void Add<T>(string kind, Type type)
    {
        Offered[(typeof(T), kind)] = type;
        RunJson.Renew();
    }

    /// <summary>Makes sure that a request can be stored.</summary>
    /// <exception cref="LlmKickException">Its plugin did not register the kind.</exception>
    public static void Require(Request request)
    {
        var type = request.GetType();
        if (!IsWritten<Request>(type))
            throw new LlmKickException($"The task asks a {type.Name}, a kind of request that its plugin does not register: its author "
                + $"should add registry.AddRequest<{type.Name}, …>(\"name\", …) to IPlugin.Register.");
    }

    /// <summary>Makes sure that an encoding can be stored.</summary>
    /// <exception cref="LlmKickException">Its plugin did not register the kind.</exception>
    public static void Require(LinearEncoding encoding)
    {
        var type = encoding.GetType();
        if (!IsWritten<LinearEncoding>(type))
            throw new LlmKickException($"Weights are stored as '{encoding.Kind}', which the plugin of {type.Name} does not offer: its "
                + $"author should add registry.AddEncoding<{type.Name}>(\"{encoding.Kind}\", …) to IPlugin.Register.");
    }

    /// <summary>Makes the kinds known where they are written and read. Of encodings there is what can be set.</summary>
    public static void Modify(JsonTypeInfo info)
    {
        foreach (var ((type, kind), offered) in Offered)
            if (info.Type == type)
                info.PolymorphismOptions!.DerivedTypes.Add(new JsonDerivedType(offered, kind));
        if (info.Type.IsAssignableTo(typeof(LinearEncoding)))
            foreach (var property in info.Properties.Where(property => property.Set is null).ToList())
                info.Properties.Remove(property);
    }

    private static bool IsWritten<T>(Type type) => Own(typeof(T)).Any(row => row.DerivedType == type)
        || Offered.Any(row => row.Key.Base == typeof(T) && row.Value == type);

    private static IEnumerable<JsonDerivedTypeAttribute> Own(Type type) =>
        type.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>();
}
