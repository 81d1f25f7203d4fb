namespace LlmKick.Sdk.Files;

/// <summary>Says why a file or folder cannot be used, in words for the person who has to mend it: the system's own speak to
/// programmers.</summary>
public static class FileFault
{
    /// <summary>What the system says of it, by its error number on Linux and macOS, or by the code of Windows.</summary>
    private static readonly Dictionary<int, (string Reason, string Remedy)> Known = new()
    {
        [5] = ("the disk fails", "try again, or choose another disk"),
        [20] = ("a part of its path is a file, not a folder", "check the path"),
        [21] = ("it is a folder, and a file is needed", "name a file"),
        [23] = TooMany,
        [24] = TooMany,
        [28] = Full,
        [30] = ("the disk is read-only", "choose a folder that can be written"),
        [40] = Loop,
        [62] = Loop,
        [122] = Full,
        [11] = Held,
        [35] = Held,
        [unchecked((int)0x80070020)] = Held,
        [unchecked((int)0x80070021)] = Held,
        [unchecked((int)0x80070027)] = Full,
        [unchecked((int)0x80070070)] = Full,
    };

    private static (string, string) Full => ("the disk is full", "make room, or choose another");

    private static (string, string) TooMany => ("too many files are open", "raise the limit (ulimit -n)");

    private static (string, string) Held => ("another process has it open", "wait until it ends");

    private static (string, string) Loop => ("its links lead in a circle", "mend them");

    /// <summary>Whether a failure is of the kind that is explained here.</summary>
    /// <param name="failure">The failure.</param>
    public static bool Is(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>The reason alone, such as <c>it does not exist</c>; without a full stop.</summary>
    /// <param name="failure">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static string Reason(Exception failure) => Of(failure).Reason;

    /// <summary>A sentence that names the path, where the system did, the reason and what to do.</summary>
    /// <param name="failure">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static string Explain(Exception failure)
    {
        var (reason, remedy) = Of(failure);
        var end = remedy.Length == 0 ? "." : $": {remedy}.";
        return Path(failure) is { } path ? $"'{path}' cannot be used: {reason}{end}"
            : $"{char.ToUpperInvariant(reason[0])}{reason[1..]}{end}";
    }

    private static (string Reason, string Remedy) Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException =>
                ("it does not exist", "check its name and folder"),
            PathTooLongException => ("its path is too long", "choose a shorter one"),
            EndOfStreamException => ("it ends too early", "it may be cut short; get it again"),
            UnauthorizedAccessException when Directory.Exists(Path(failure)) =>
                ("it is a folder, or one that this user may not use", "name a file, or give access"),
            UnauthorizedAccessException => ("this user may not use it", "give access, or choose another"),
            _ => Known.TryGetValue(failure.HResult, out var known) ? known : (Unquoted(failure), ""),
        };
    }

    /// <summary>The system's words, which end with the path.</summary>
    private static string Unquoted(Exception failure)
    {
        var path = Path(failure);
        return (path is null ? failure.Message : failure.Message.Replace($" : '{path}'", "", StringComparison.Ordinal))
            .Split(" (Parameter")[0].TrimEnd('.');
    }

    private static string? Path(Exception failure)
    {
        if (failure is FileNotFoundException { FileName: { Length: > 0 } name })
            return name;
        var (first, last) = (failure.Message.IndexOf('\'', StringComparison.Ordinal), failure.Message.LastIndexOf('\''));
        return first >= 0 && last > first + 1 ? failure.Message[(first + 1)..last] : null;
    }
}
