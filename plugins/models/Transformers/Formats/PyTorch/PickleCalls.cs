using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>The few things that a checkpoint may ask for and call: containers and tensors. Nothing is looked up anywhere else.</summary>
internal sealed class PickleCalls(PickleBytes bytes)
{
    private const string Untyped = "torch.storage.UntypedStorage";
    // Weights have four at most; a list of sizes without end is no tensor.
    private const int MostDimensions = 16;

    private static readonly string[] Known =
        ["collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
            "torch._utils._rebuild_parameter", "torch.Size", Untyped];

    /// <summary>Something by its name.</summary>
    public PickleName Find(string module, string name) => $"{module}.{name}" is var full
        && (Known.Contains(full) || TorchTypes.Find(full) is not null)
        ? new PickleName(full)
        : throw bytes.Refusal(full);

    /// <summary>Calls something.</summary>
    public object? Call(object? callable, object? arguments) => ((callable as PickleName)?.Name, arguments) switch
    {
        ("collections.OrderedDict", object?[] and []) => new PickleMap(),
        ("collections.OrderedDict", object?[] and [PickleList pairs]) => Map(pairs),
        ("torch._utils._rebuild_parameter", object?[] and [TorchTensor tensor, ..]) => tensor,
        ("torch._utils._rebuild_tensor_v2", object?[] and [TorchStorage { Dtype: { } dtype } storage, long offset, object?[] shape,
            object?[] strides, ..]) => Tensor(storage, dtype, offset, shape, strides),
        ("torch._utils._rebuild_tensor_v3",
            object?[] and [TorchStorage storage, long offset, object?[] shape, object?[] strides, _, _, PickleName type, ..])
            when TorchTypes.Find(type.Name) is { } dtype => Tensor(
                storage with { Count = storage.Dtype is null ? storage.Count / dtype.Size : storage.Count }, dtype, offset, shape, strides),
        ("torch.Size", object?[] and [object?[] sizes]) => sizes,
        (null, _) => throw bytes.Fault("it calls something that cannot be called"),
        var (name, _) => throw bytes.Fault($"it calls {name} with other values than it takes"),
    };

    /// <summary>A storage, which stands outside of the pickle.</summary>
    public TorchStorage Storage(object? id) => id is object?[] and ["storage", PickleName type, string key, _, long and >= 0 and var count]
        && (type.Name == Untyped || TorchTypes.Find(type.Name) is not null)
        ? new TorchStorage(key, TorchTypes.Find(type.Name), count)
        : throw bytes.Fault("it refers to something that is no storage of a tensor");

    private static PickleMap Map(PickleList pairs)
    {
        var map = new PickleMap();
        foreach (var pair in pairs.Items)
            if (pair is object?[] and [var key, var value])
                map.Set(key, value);
        return map;
    }

    private TorchTensor Tensor(TorchStorage storage, SafetensorsDtype dtype, long offset, object?[] shape, object?[] strides)
    {
        var tensor = new TorchTensor(storage, dtype, offset, Sizes(shape), Sizes(strides));
        if (offset < 0 || tensor.Shape.Length != tensor.Strides.Length || !Fits(tensor))
            throw bytes.Fault($"a tensor of the shape [{string.Join(", ", tensor.Shape)}] does not lie inside its storage '{storage.Key}' "
                + $"of {storage.Count} elements");
        return tensor;
    }

    private long[] Sizes(object?[] values)
    {
        if (values.Length > MostDimensions)
            throw bytes.Fault($"a tensor has {values.Length} dimensions");
        return [.. values.Select(value => value is long and >= 0 and var size ? size
            : throw bytes.Fault("a tensor has a size that is no whole number"))];
    }

    /// <summary>Whether all elements are inside; a tensor has no more than its storage, so that what is read is justified by the file's
    /// size.</summary>
    private static bool Fits(TorchTensor tensor)
    {
        Int128 count = 1, last = tensor.Offset;
        for (var i = 0; i < tensor.Shape.Length && count <= tensor.Storage.Count; i++)
        {
            count *= Math.Max(tensor.Shape[i], 1);
            last += (Int128)Math.Max(tensor.Shape[i] - 1, 0) * tensor.Strides[i];
        }
        return count <= Math.Max(tensor.Storage.Count, 1) && (tensor.Shape.Contains(0) || last < tensor.Storage.Count);
    }
}
