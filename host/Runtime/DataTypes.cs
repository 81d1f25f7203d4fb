using LlmKick.Sdk.Models;

namespace LlmKick.Runtime;

/// <summary>What to know of a data type on a device.</summary>
internal static class DataTypes
{
    /// <summary>A warning about a slow combination, or null.</summary>
    public static string? Warning(DataType type, DeviceName device) => type == DataType.Float16 && !device.IsCuda
        ? "float16 on a CPU is many times slower than float32. Use float32, or bfloat16 where the processor has instructions for it."
        : null;
}
