using System.Runtime.CompilerServices;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Tests;

/// <summary>What a process of tests does before its first one. With <c>LLMKICK_COLLECT=1</c> garbage is collected without pause until it
/// ends.</summary>
internal static class TestProcess
{
    [ModuleInitializer]
    internal static void Start()
    {
        LibTorchSettings.Apply();
        // No test asks the real hub, nor does a tool that one starts: nobody listens at this port.
        Environment.SetEnvironmentVariable("HF_ENDPOINT", "http://127.0.0.1:9");
        Environment.SetEnvironmentVariable("HF_HUB_OFFLINE", "1");
        if (Environment.GetEnvironmentVariable("LLMKICK_COLLECT") == "1")
            _ = new GarbageCollector();
    }
}
