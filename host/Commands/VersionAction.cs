using System.CommandLine;
using System.CommandLine.Invocation;
using LlmKick.Plugins;
using LlmKick.Runtime;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>--version</c>: the tool, the SDK that plugins are built against, and libtorch. Loads nothing.</summary>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out.WriteLine($"llmkick   {ToolVersion.Full}");
        terminal.Out.WriteLine($"SDK       {SharedAssemblies.SdkVersion}");
        terminal.Out.WriteLine($"libtorch  {LibTorch.ExpectedVersion}");
        return ExitCode.Done;
    }
}
