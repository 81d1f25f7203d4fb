using System.Globalization;
using LlmKick.Sdk;

namespace LlmKick.Runtime;

/// <summary>A device as recipes and command lines write it: <c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</summary>
/// <param name="IsCuda">Whether it is a GPU.</param>
/// <param name="Index">Which GPU, from 0.</param>
internal readonly record struct DeviceName(bool IsCuda, int Index)
{
    /// <summary>The processor.</summary>
    public static readonly DeviceName Cpu;

    /// <summary>Reads a name; null is <see cref="Cpu"/>.</summary>
    /// <exception cref="LlmKickException">It is no device's name.</exception>
    public static DeviceName Parse(string? text) => text switch
    {
        null or "cpu" => Cpu,
        "cuda" => new DeviceName(true, 0),
        _ when text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => new DeviceName(true, index),
        _ => throw new LlmKickException($"'{text}' is no device. Write cpu, cuda or cuda:n, such as cuda:0."),
    };

    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";
}
