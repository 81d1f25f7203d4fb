using System.Text.RegularExpressions;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>GPTQModel's <c>dynamic</c>: other settings for linears whose names match an expression; the first that matches
/// counts.</summary>
internal sealed class ModuleRules
{
    private readonly List<(Regex Pattern, int? Bits, int? GroupSize)> _rules = [];

    public int? Bits(string module) => Find(module).Bits;

    /// <summary>−1 for whole rows; null where no rule says anything.</summary>
    public int? GroupSize(string module) => Find(module).GroupSize;

    public static ModuleRules Read(ConfigFields fields)
    {
        var rules = new ModuleRules();
        if (fields.Section("dynamic") is not { } section)
            return rules;
        foreach (var key in section.Unread().ToList())
            if (!key.StartsWith("-:", StringComparison.Ordinal) && section.Section(key) is { } rule)
                rules._rules.Add((ModulePattern.Read(fields.Path, key.StartsWith("+:", StringComparison.Ordinal) ? key[2..] : key),
                    Bits(rule), rule.GroupSize("group_size")));
        return rules;
    }

    private static int? Bits(ConfigFields rule) => rule.Size("bits") is { } bits ? GptqSettings.CheckedBits(rule, bits) : null;

    private (Regex? Pattern, int? Bits, int? GroupSize) Find(string module)
    {
        var found = _rules.FindIndex(rule => rule.Pattern.IsMatch(module));
        return found < 0 ? default : _rules[found];
    }
}
