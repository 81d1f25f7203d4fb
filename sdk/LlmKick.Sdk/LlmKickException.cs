using System.Globalization;

namespace LlmKick.Sdk;

/// <summary>A failure that the user can mend: shown as its message, without a stack trace.</summary>
/// <remarks>
/// The message says what was given, what is wrong with it and what to do. It stays one readable line whatever was given: control
/// characters are written as escapes, and the middle of a very long message is left out.
/// </remarks>
public class LlmKickException : Exception
{
    // A line that still can be read; what was given may be a whole file.
    private const int EndLength = 1000;

    /// <summary>Creates the failure.</summary>
    /// <param name="message">What was given, what is wrong and what to do.</param>
    public LlmKickException(string message) : base(OneLine(message)) { }

    /// <summary>Creates the failure with its cause.</summary>
    /// <param name="message">What was given, what is wrong and what to do.</param>
    /// <param name="innerException">The cause, for debug logs.</param>
    public LlmKickException(string message, Exception innerException) : base(OneLine(message), innerException) { }

    private static string OneLine(string message)
    {
        var text = message.Length <= 2 * EndLength ? message : $"{message[..EndLength]} … {message[^EndLength..]}";
        return text.Any(char.IsControl) ? string.Concat(text.Select(Printable)) : text;
    }

    private static string Printable(char character) => character switch
    {
        '\n' => "\\n",
        _ when char.IsControl(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        _ => character.ToString(),
    };
}
