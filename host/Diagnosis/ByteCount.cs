using System.Globalization;

namespace LlmKick.Diagnosis;

/// <summary>Bytes as people read them.</summary>
internal static class ByteCount
{
    public static string Format(long bytes) => bytes < 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GiB");
}
