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
        if (decisive.Contains(Keys.BlockTypes.Name)
            && fields.Texts(Keys.BlockTypes)?.FirstOrDefault(type => ModelConfig.TypeOf(type) != "full_attention") is { } other)
            throw new LlmKickException($"'{fields.Path}' has blocks of the type '{other}', which the architecture '{spec.Family.Name}' "
                + $"does not have here; supported: full_attention.");
        if (unread.Contains(Keys.BlockTypes.Name))
            _ = spec.Config.BlockType(0);
        if (decisive.Count > 0)
            throw new LlmKickException($"'{fields.Path}' sets {string.Join(", ", decisive.Select(key => fields.Prefix + key))}, which the "
                + $"architecture '{spec.Family.Name}' does not know here and which "
                + (decisive.Count == 1 ? "changes" : "change") + " what a model computes. If its reference ignores that, remove it.");
        if (!fields.IsGguf)
            unread.AddRange(spec.Config.Own.OrderBy(own => own.Key).SelectMany(own => OfBlock(spec, own.Key, own.Value)));
        if (unread.Count > 0)
            spec.Config.Note($"keys of the configuration that are not used: {string.Join(", ", unread)}");
    }

    /// <summary>Keys that stand over a block's configuration and that nothing has read.</summary>
    private static IEnumerable<string> OfBlock(ModelSpec spec, int block, ConfigFields own)
    {
        if (block >= spec.BlockCount)
            throw new LlmKickException($"'{own.Path}' has settings of block {block} (per_layer_config), and the model has "
                + $"{spec.BlockCount} blocks, counted from 0.");
        _ = spec.Block(block);
        var unread = own.Unread().ToList();
        return unread.Find(key => IsDecisive(own, key)) is { } decisive
            ? throw new LlmKickException($"'{own.Path}' sets {own.Prefix}{decisive}, which the architecture '{spec.Family.Name}' does not "
                + $"know here and which changes what a model computes.")
            : unread.Select(key => own.Prefix + key);
    }

    private static bool IsDecisive(ConfigFields fields, string key) => fields.IsGguf
        ? fields.Raw(key) is not ({ ValueKind: JsonValueKind.Number } or { ValueKind: JsonValueKind.String })
            || fields.Raw(key).ToString() is not ("0" or "")
        : DecisiveKeys.Contains(key, fields.Raw(key));
}
