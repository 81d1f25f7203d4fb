using LlmKick.Sdk.Files;

namespace LlmKick.Storage;

/// <summary>A run's folder cannot be written: the run ends, whatever unit it was at.</summary>
internal sealed class StorageException(string path, Exception cause)
    : Exception($"'{path}' cannot be written: {Reason(cause)}. What was finished before is kept; make room or give write access, or choose "
        + $"another folder with --output, then run the same command again.", cause)
{
    /// <summary>The parameter that .NET blames for a file beyond the system's or the user's limit.</summary>
    private const string FileLength = "value";

    /// <summary>Runs file work and turns its failures into this exception.</summary>
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (FileFault.Is(e) || e is ArgumentOutOfRangeException { ParamName: FileLength })
        {
            throw new StorageException(path, e);
        }
    }

    /// <summary>Runs file work and turns its failures into this exception.</summary>
    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    private static string Reason(Exception cause) => cause is ArgumentOutOfRangeException ? "it is larger than the system allows"
        : FileFault.Reason(cause);
}
