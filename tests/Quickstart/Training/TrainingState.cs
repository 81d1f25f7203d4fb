using System.Globalization;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>Stores and restores everything that training needs to go on: weights, moments and the step.</summary>
/// <param name="path">The state's file.</param>
/// <param name="weights">The weights.</param>
/// <param name="optimizer">The optimizer.</param>
internal sealed class TrainingState(string path, Weights weights, AdamW optimizer)
{
    private const string Step = "step";

    /// <summary>Writes the state, whole or not at all.</summary>
    /// <param name="step">Steps done.</param>
    public void Save(int step) =>
        SafetensorsWriter.Write(path, All(), new Dictionary<string, string> { [Step] = step.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Restores a state, if there is one.</summary>
    /// <returns>Steps done.</returns>
    public int Restore()
    {
        if (!File.Exists(path))
            return 0;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, tensor) in All())
            tensor.copy_(file.Read(name));
        return int.Parse(file.Metadata[Step], CultureInfo.InvariantCulture);
    }

    private Dictionary<string, Tensor> All() => weights.Tensors.Concat(optimizer.Moments)
        .ToDictionary(pair => pair.Key, pair => pair.Value);
}
