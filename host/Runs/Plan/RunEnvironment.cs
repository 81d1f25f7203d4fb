using System.Reflection;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Plan;

/// <summary>What computes a run: part of every unit's fingerprint.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda:n</c>.</param>
/// <param name="Threads">Threads that compute.</param>
/// <param name="LibTorch">libtorch's version.</param>
internal sealed record RunEnvironment(string Device, int Threads, string LibTorch)
{
    /// <summary>What <c>auto</c> means on this device.</summary>
    public DataType AutoDataType => Device.StartsWith("cuda", StringComparison.Ordinal) ? DataType.Bfloat16 : DataType.Float32;

    /// <summary>The facts that decide results. The tool's and the SDK's builds are among them: calibration and batches are
    /// theirs.</summary>
    public JsonObject Facts() => new()
    {
        ["device"] = Device,
        ["threads"] = Threads,
        ["libtorch"] = LibTorch,
        ["host"] = Build(typeof(RunEnvironment).Assembly),
        ["sdk"] = Build(typeof(LlmKickException).Assembly),
    };

    private static string Build(Assembly assembly) => assembly.ManifestModule.ModuleVersionId.ToString();
}
