namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>The tensors of a checkpoint: a dictionary of them, or one inside a dictionary that training has left.</summary>
internal static class StateDictionary
{
    private static readonly string[] Nested = ["state_dict", "model_state_dict", "model", "module"];

    public static IReadOnlyDictionary<string, TorchTensor>? Find(object? root)
    {
        if (root is not PickleMap map)
            return null;
        var own = Tensors(map);
        return own.Count > 0 ? own : Nested.Select(key => map.Items.GetValueOrDefault(key)).OfType<PickleMap>().Select(Tensors)
            .FirstOrDefault(tensors => tensors.Count > 0);
    }

    private static Dictionary<string, TorchTensor> Tensors(PickleMap map) =>
        map.Items.Where(item => item.Value is TorchTensor)
            .ToDictionary(item => item.Key, item => (TorchTensor)item.Value!, StringComparer.Ordinal);
}
