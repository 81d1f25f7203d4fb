using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Runs.Saving;

/// <summary>A weight as it is stored: whole, or one bit a weight and the values that are not zero, whichever is smaller. Lossless: a
/// negative zero counts as a value.</summary>
internal static class CompactWeight
{
    private static readonly byte[] Bits = [1, 2, 4, 8, 16, 32, 64, 128];

    /// <summary>Adds a weight's tensors to a file's.</summary>
    /// <param name="name">The linear's name.</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="tensors">Takes <c>name.weight</c>, or <c>name.mask</c> and <c>name.values</c>.</param>
    public static void Pack(string name, torch.Tensor weight, Dictionary<string, torch.Tensor> tensors)
    {
        var flat = weight.detach().cpu().contiguous().flatten();
        var mask = flat.ne(Number.Of(0)).logical_or(flat.signbit());
        var kept = mask.count_nonzero().item<long>();
        if ((flat.numel() - kept) * flat.element_size() * 8 <= flat.numel())
        {
            tensors[name + ".weight"] = weight;
            return;
        }
        tensors[name + ".mask"] = PackBits(mask);
        tensors[name + ".values"] = flat.masked_select(mask);
    }

    /// <summary>Reads a weight back.</summary>
    /// <param name="name">The linear's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="file">The file.</param>
    public static torch.Tensor Unpack(string name, long[] shape, SafetensorsFile file)
    {
        if (file.Entries.ContainsKey(name + ".weight"))
            return file.Read(name + ".weight");
        var values = file.Read(name + ".values");
        var mask = file.Read(name + ".mask").unsqueeze(1).bitwise_and(torch.tensor(Bits)).ne(Number.Of(0))
            .flatten()[..(int)shape.Aggregate((a, b) => a * b)];
        return torch.zeros(mask.numel(), values.dtype).masked_scatter_(mask, values).reshape(shape);
    }

    private static torch.Tensor PackBits(torch.Tensor mask)
    {
        var padded = torch.zeros((mask.numel() + 7) / 8 * 8, torch.ScalarType.Byte);
        padded[..(int)mask.numel()].copy_(mask);
        return padded.reshape(-1, 8).mul(torch.tensor(Bits)).sum(1, type: torch.ScalarType.Byte);
    }
}
