using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LlmKick.Sdk;

namespace LlmKick.Runtime;

/// <summary>A device as recipes and command lines write it: <c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</summary>
/// <param name="IsCuda">Whether it is a GPU.</param>
/// <param name="Index">Which GPU, from 0.</param>
internal readonly record struct DeviceName(bool IsCuda, int Index) : IParsable<DeviceName>
{
    /// <summary>The processor.</summary>
    public static readonly DeviceName Cpu;

    /// <summary>Reads a name; null is <see cref="Cpu"/>.</summary>
    /// <exception cref="LlmKickException">It is no device's name.</exception>
    public static DeviceName Parse(string? text) =>
        TryParse(text ?? "cpu", null, out var device) ? device
            : throw new LlmKickException($"'{text}' is no device. Write cpu, cuda or cuda:n, such as cuda:0.");

    public static DeviceName Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var device) ? device : throw new FormatException("write cpu, cuda or cuda:n, such as cuda:0");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeviceName result)
    {
        var index = 0;
        var isCuda = s == "cuda" || (s?.StartsWith("cuda:", StringComparison.Ordinal) == true
            && int.TryParse(s.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        result = new DeviceName(isCuda, index);
        return isCuda || s == "cpu";
    }

    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";
}
