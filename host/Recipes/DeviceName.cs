using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace LlmKick.Recipes;

/// <summary>Where models are computed, as recipes write it.</summary>
/// <param name="Text"><c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</param>
internal readonly partial record struct DeviceName(string Text) : IParsable<DeviceName>
{
    public static DeviceName Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var device) ? device : throw new FormatException("write cpu, cuda or cuda:n, such as cuda:0");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeviceName result)
    {
        result = new DeviceName(s ?? "");
        return Form().IsMatch(result.Text);
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"^(cpu|cuda(:\d{1,3})?)\z")]
    private static partial Regex Form();
}
