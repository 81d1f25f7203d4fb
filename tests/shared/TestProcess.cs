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
        IdleThreads.Sleep();
        if (Environment.GetEnvironmentVariable("LLMKICK_COLLECT") == "1")
            _ = new GarbageCollector();
    }
}
