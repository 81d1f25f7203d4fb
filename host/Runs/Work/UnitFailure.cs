using System.Runtime.InteropServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Storage;
using Microsoft.Extensions.Logging;

namespace LlmKick.Runs.Work;

/// <summary>Failures that end one unit and leave the others to go on.</summary>
internal static partial class UnitFailure
{
    /// <summary>Whether a failure is one of the unit alone: not an interruption, nor a folder that cannot be written.</summary>
    public static bool Is(Exception failure, CancellationToken cancellationToken) =>
        failure is not StorageException && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested);

    /// <summary>Shows a failure and gives the sentence that is stored.</summary>
    public static string Tell(Exception failure, string unit, RunServices services)
    {
        var message = Message(failure);
        services.Display.Note($"{unit} failed: {message}");
        Details(services.Logger, failure is LlmKickException ? failure.InnerException : failure, unit);
        return message;
    }

    /// <summary>libtorch's messages carry a native stack after the first line.</summary>
    private static string Message(Exception failure) => failure switch
    {
        LlmKickException => failure.Message,
        ExternalException => failure.Message.Split('\n')[0],
        _ when FileFault.Is(failure) => FileFault.Explain(failure),
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Unit} failed")]
    private static partial void Details(ILogger logger, Exception? failure, string unit);
}
