namespace LlmKick.Terminals;

/// <summary>The command line, to be typed again.</summary>
internal static class CommandLineText
{
    private const string Plain = "-_./:=+,%@";

    /// <summary>The command line of this process.</summary>
    public static string Current() => Of(Environment.GetCommandLineArgs().Skip(1));

    /// <summary>A command line with these arguments, quoted for a shell where it must be.</summary>
    public static string Of(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote).Prepend("llmkick"));

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter)) ? argument
            : $"'{argument.Replace("'", "'\\''")}'";
}
