using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Storage;

/// <summary>The kinds of requests that loaded plugins add to the SDK's own, with what answers them.</summary>
internal static class RequestKinds
{
    private static readonly ConcurrentDictionary<string, (Type Request, Type Response)> Offered = new();

    private static readonly JsonDerivedTypeAttribute[] Own = Derived(typeof(Request));

    /// <summary>Whether a kind is the SDK's own.</summary>
    public static bool IsOwn(string kind) => Array.Exists(Own, row => (string?)row.TypeDiscriminator == kind);

    /// <summary>Adds what a plugin offers: requests and responses of the kind are written and read from here on.</summary>
    public static void Add(string kind, Type request, Type response)
    {
        Offered[kind] = (request, response);
        RunJson.Renew();
    }

    /// <summary>Makes sure that a request can be stored.</summary>
    /// <exception cref="LlmKickException">Its plugin did not register the kind.</exception>
    public static void Require(Request request)
    {
        var type = request.GetType();
        if (!Array.Exists(Own, row => row.DerivedType == type) && !Offered.Values.Any(row => row.Request == type))
            throw new LlmKickException($"The task asks a {type.Name}, a kind of request that its plugin does not register: its author "
                + $"should add registry.AddRequest<{type.Name}, …>(\"name\", …) to IPlugin.Register.");
    }

    /// <summary>Makes the kinds known where requests or responses are written and read.</summary>
    public static void Modify(JsonTypeInfo info)
    {
        if (info.PolymorphismOptions is { } options && (info.Type == typeof(Request) || info.Type == typeof(Response)))
            foreach (var (kind, types) in Offered)
                options.DerivedTypes.Add(new JsonDerivedType(info.Type == typeof(Request) ? types.Request : types.Response, kind));
    }

    private static JsonDerivedTypeAttribute[] Derived(Type type) =>
        [.. type.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>()];
}
