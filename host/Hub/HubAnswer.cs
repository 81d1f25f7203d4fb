using System.Text.Json;

namespace LlmKick.Hub;

/// <summary>What a server answered.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Kind">The kind of what it sent, such as <c>text/html</c>.</param>
/// <param name="Place">Where it leads to.</param>
/// <param name="Reason">The reason as hubs name it.</param>
/// <param name="Body">What it sent, perhaps only its beginning.</param>
internal sealed record HubAnswer(int Status, string? Kind, Uri? Place, string? Reason, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether a hub answers so when it is asked who asks, or for what it does not have: with a name, or with a reason.</summary>
    public bool IsOfHub => Status switch
    {
        200 => Has("name"),
        401 or 403 => Reason is not null || Has("error"),
        404 => Reason is not null,
        _ => false,
    };

    /// <summary>It in a few words.</summary>
    public string Words => $"{Status}{(Place is { IsAbsoluteUri: true } place ? $", leading to '{place.Authority}'" : "")}"
        + (Kind is null ? "" : $" with {(Kind == "text/html" ? "a page" : Kind)}");

    private bool Has(string key)
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
