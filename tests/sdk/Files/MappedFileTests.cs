using System.IO.Pipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class MappedFileTests
{
    [Fact]
    public void Open_Pipe_IsRefusedByName()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives pipes a path.");
        using var pipe = new AnonymousPipeServerStream();
        var path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        var fault = Assert.Throws<LlmKickException>(() => MappedFile.Open(path));
        Assert.StartsWith($"'{path}' cannot be read: ", fault.Message, StringComparison.Ordinal);
    }
}
