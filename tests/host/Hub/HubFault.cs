namespace LlmKick.Tests.Hub;

/// <summary>What a server does wrong.</summary>
internal sealed record HubFault
{
    /// <summary>Answers with this status, and these headers.</summary>
    public int? Status { get; init; }

    /// <summary>Headers of that answer.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>Closes the connection after so many bytes of the body; after none before the answer's head where it is negative.</summary>
    public int? Cut { get; init; }

    /// <summary>Changes the body's byte at this place.</summary>
    public int? Wrong { get; init; }

    /// <summary>Sends the whole file where a part is asked for.</summary>
    public bool IgnoresRange { get; init; }

    /// <summary>Waits before the body goes on, in the middle of it.</summary>
    public TimeSpan Rest { get; init; }
}
