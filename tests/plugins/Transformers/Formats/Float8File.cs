using System.Text.Json;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>A safetensors file with floats of 8 bits, which torch has no type for.</summary>
internal static class Float8File
{
    /// <summary>Writes a tensor of bytes as F8_E4M3, and one of float32.</summary>
    public static void Write(string path, string name, torch.Tensor codes, string other, torch.Tensor values)
    {
        long[] ends = [codes.numel(), codes.numel() + values.numel() * 4];
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            [name] = new { dtype = "F8_E4M3", codes.shape, data_offsets = new[] { 0, ends[0] } },
            [other] = new { dtype = "F32", values.shape, data_offsets = ends },
        });
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. codes.bytes, .. values.contiguous().bytes]);
    }
}
