namespace LlmKick.Sdk;

/// <summary>A failure that the user can mend: shown as its message, without a stack trace.</summary>
/// <remarks>The message says what was given, what is wrong with it and what to do.</remarks>
public sealed class LlmKickException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What was given, what is wrong and what to do.</param>
    public LlmKickException(string message) : base(message) { }

    /// <summary>Creates the failure with its cause.</summary>
    /// <param name="message">What was given, what is wrong and what to do.</param>
    /// <param name="innerException">The cause, for debug logs.</param>
    public LlmKickException(string message, Exception innerException) : base(message, innerException) { }
}
