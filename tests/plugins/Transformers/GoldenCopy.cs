using LlmKick.Sdk.Files;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>Tiny checkpoints of the reference data, written with a change.</summary>
internal static class GoldenCopy
{
    /// <param name="folder">Where the copy goes.</param>
    /// <param name="name">The checkpoint's folder.</param>
    /// <param name="config">Changes the text of <c>config.json</c>.</param>
    /// <param name="rename">Names tensors.</param>
    /// <param name="change">Changes tensors, their shapes and types too, by their names in the reference.</param>
    /// <returns>The copy's folder.</returns>
    public static string Write(TemporaryFolder folder, string name, Func<string, string>? config = null,
        Func<string, string>? rename = null, Func<string, torch.Tensor, torch.Tensor>? change = null)
    {
        var golden = SharedData.Require($"golden/architectures/{name}");
        var target = Directory.CreateDirectory(folder.File(Guid.NewGuid().ToString("N"))).FullName;
        var text = File.ReadAllText(Path.Combine(golden, "config.json"));
        File.WriteAllText(Path.Combine(target, "config.json"), config?.Invoke(text) ?? text);
        using var source = SafetensorsFile.Open(Path.Combine(golden, "model.safetensors"));
        using var scope = torch.NewDisposeScope();
        var tensors = source.Entries.Values.Select(entry => (entry, numbers: change?.Invoke(entry.Name, source.Read(entry.Name))
                ?? source.Read(entry.Name))).Select(own => new PlannedTensor(rename?.Invoke(own.entry.Name) ?? own.entry.Name,
                change is null ? own.entry.Dtype : SafetensorsDtype.Find(own.numbers.dtype)!, own.numbers.shape,
                () => own.numbers.alias()))
            .OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        using var stream = File.Create(Path.Combine(target, "model.safetensors"));
        SafetensorsWriter.WriteTo(stream, tensors, null, () => { });
        return target;
    }
}
