using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;

namespace LlmKick.Transformers.Weights;

/// <summary>What becomes of keys that nothing has read: those that change what some family computes are refused, others are told.</summary>
internal static class KeyCheck
{
    public static void Require(ModelSpec spec)
    {
        var fields = spec.Config.Fields;
        var unread = fields.Unread().Where(key => !IdleKeys.Contains(key)).ToList();
        var decisive = unread.Where(key => !spec.Family.Idle.Contains(key) && IsDecisive(fields, key)).ToList();
        if (decisive.Contains(Keys.BlockTypes.Name) && fields.Texts(Keys.BlockTypes)?.FirstOrDefault(type => ModelConfig.TypeOf(type) != "full_attention") is { } other)
            throw new LlmKickException($"'{fields.Path}' has blocks of the type '{other}', which the architecture '{spec.Family.Name}' does not have here; supported: full_attention.");
        if (unread.Contains(Keys.BlockTypes.Name))
            _ = spec.Config.BlockType(0);
        if (decisive.Count > 0)
            throw new LlmKickException($"'{fields.Path}' sets {string.Join(", ", decisive.Select(key => fields.Prefix + key))}, which the architecture '{spec.Family.Name}' does not know here and which "
                + (decisive.Count == 1 ? "changes" : "change") + " what a model computes. If its reference ignores that, remove it.");
        if (unread.Count > 0)
            spec.Config.Note($"keys of the configuration that are not used: {string.Join(", ", unread)}");
    }

    private static bool IsDecisive(ConfigFields fields, string key) => fields.IsGguf
        ? fields.Raw(key) is not ({ ValueKind: JsonValueKind.Number } or { ValueKind: JsonValueKind.String }) || fields.Raw(key).ToString() is not ("0" or "")
        : DecisiveKeys.Contains(key, fields.Raw(key));
}
