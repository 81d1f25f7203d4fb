using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LlmKick.Runs.Plan;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Records;

/// <summary>Where the untouched variant's predictions are kept that a task compares others with: one file a text, named after its
/// tokens.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="variant">The variant that is asked.</param>
/// <param name="task">The task.</param>
internal sealed class StateFiles(RunFolder folder, VariantPlan variant, TaskPlan task)
{
    /// <summary>The request, told where to write or read.</summary>
    public Request Prepare(Request request) => request is DivergenceRequest divergence
        ? divergence with { Reference = Of(divergence) } : request;

    private ReferenceStates Of(DivergenceRequest request)
    {
        int[] facts = [request.ScoreFrom, .. request.Tokens];
        var name = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(facts.AsSpan())))[..32];
        return new ReferenceStates(Path.Combine(folder.States((variant.Reference ?? variant).Name, task.Name), name + ".safetensors"),
            IsWritten: variant.Reference is null);
    }
}
