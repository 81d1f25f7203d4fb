using System.Text.Json.Nodes;
using LlmKick.Endpoint;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class EndpointConformance : ChatModelConformance<EndpointPlugin>, IDisposable
{
    private readonly ChatServer server = new((_, request) => ChatReply.Text(Text(request["messages"]!.AsArray()[^1]!["content"]!)));

    protected override string Name => "endpoint";

    public void Dispose() => server.Dispose();

    protected override object Options(string model) => new EndpointOptions { Url = server.Url, Model = model };

    private static string Text(JsonNode content) => content is JsonArray parts ? (string)parts[0]!["text"]! : (string)content!;
}
