namespace LlmKick.Hub;

/// <summary>What proves to the hub who asks. Its text is sent to the hub alone, and stands in no message, log or result.</summary>
/// <param name="value">The token.</param>
/// <param name="source">Where it was found, such as a variable's name.</param>
internal sealed class HubToken(string value, string source)
{
    /// <summary>The token.</summary>
    public string Value => value;

    /// <summary>Where it was found.</summary>
    public string Source => source;

    /// <summary>Where it was found: the token itself must not slip into a text.</summary>
    public override string ToString() => source;
}
