using System.Globalization;
using LlmKick.Runtime;
using LlmKick.Sdk;
using TorchSharp;

namespace LlmKick.Diagnosis;

/// <summary>libtorch, its devices and its speed.</summary>
internal static class TensorFindings
{
    public static IReadOnlyList<Finding> All()
    {
        try
        {
            var libTorch = TensorRuntime.Load();
            torch.set_num_threads(ComputeThreads.Resolve(null));
            return [Library(libTorch), Gpu(libTorch), .. Rates()];
        }
        catch (LlmKickException failure)
        {
            var isUsers = Environment.GetEnvironmentVariable(LibTorch.Variable) is { Length: > 0 };
            return [new Finding("libtorch", FindingState.Problem, failure.Message,
                isUsers ? $"Or unset {LibTorch.Variable}: the tool has a libtorch for CPUs." : null)];
        }
    }

    private static Finding Library(LibTorch libTorch) => Finding.Ok(
        "libtorch",
        $"{libTorch.Version}, {(libTorch.IsUsers ? $"named by {LibTorch.Variable}" : "of the tool")}: "
            + $"{Path.TrimEndingDirectorySeparator(libTorch.Folder)}",
        libTorch.Version);

    private static Finding Gpu(LibTorch libTorch)
    {
        if (!libTorch.HasCuda)
            return Finding.Ok("gpu", $"none: this libtorch is for CPUs; {LibTorch.Variable} can name one for CUDA", 0);
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return count > 0
            ? Finding.Ok("gpu", string.Join(", ", Enumerable.Range(0, count).Select(index => $"cuda:{index}")), count)
            : new Finding("gpu", FindingState.Warning, "libtorch is for CUDA and finds no GPU that it can use",
                "See that 'nvidia-smi' lists one and that its driver is new enough.") { Value = 0 };
    }

    private static IEnumerable<Finding> Rates()
    {
        var (single, brain) = (MatrixRate.Measure(torch.ScalarType.Float32), MatrixRate.Measure(torch.ScalarType.BFloat16));
        yield return Finding.Ok("float32 rate", Describe(single), Math.Round(single, 1));
        yield return brain >= single
            ? Finding.Ok("bfloat16 rate", Describe(brain), Math.Round(brain, 1))
            : new Finding("bfloat16 rate", FindingState.Warning, Describe(brain), "This processor has no instructions for it: bfloat16 "
                + "saves memory here, float32 saves time.") { Value = Math.Round(brain, 1) };
    }

    private static string Describe(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} GFLOP/s, 1024 × 1024 × 1024");
}
