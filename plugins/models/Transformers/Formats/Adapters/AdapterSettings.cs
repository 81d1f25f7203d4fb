using System.Text.Json;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Quantization;

namespace LlmKick.Transformers.Formats.Adapters;

/// <summary>What <c>adapter_config.json</c> says of a LoRA adapter (Hu et al., arXiv 2106.09685), as PEFT reads it.</summary>
internal sealed class AdapterSettings
{
    public const string FileName = "adapter_config.json";

    /// <summary>Settings that change what is computed in ways that no merging here knows, with the values that change nothing.</summary>
    private static readonly (string Key, string[] Harmless)[] Others =
    [
        ("use_dora", ["False"]), ("use_qalora", ["False"]), ("use_bdlora", ["False"]), ("lora_bias", ["False"]), ("layer_replication", []),
        ("trainable_token_indices", []), ("target_parameters", ["[]"]),
        ("alora_invocation_tokens", []), ("arrow_config", []), ("corda_config", []), ("bias", ["none"]),
        ("init_lora_weights", ["True", "False", "gaussian", "eva", "orthogonal"]), ("peft_type", ["LORA"]),
    ];

    /// <summary>Settings that change nothing of what is merged.</summary>
    private static readonly HashSet<string> Idle =
    [
        "auto_mapping", "base_model_name_or_path", "ensure_weight_tying", "eva_config", "exclude_modules", "inference_mode",
        "layers_pattern", "layers_to_transform", "loftq_config", "lora_dropout", "megatron_config", "megatron_core", "modules_to_save",
        "peft_version", "qalora_group_size", "revision", "runtime_config", "target_modules", "task_type",
    ];

    private static readonly string[] Own = ["r", "lora_alpha", "rank_pattern", "alpha_pattern", "use_rslora", "fan_in_fan_out"];

    private readonly int _rank;
    private readonly double _alpha;
    private readonly IReadOnlyList<(Regex Modules, double Value)> _ranks;
    private readonly IReadOnlyList<(Regex Modules, double Value)> _alphas;
    private readonly bool _byRoot;

    private AdapterSettings(ConfigFields fields)
    {
        _rank = fields.Need(fields.Size("r"), "r");
        _alpha = fields.Need(fields.Number("lora_alpha"), "lora_alpha");
        _ranks = Pattern(fields, "rank_pattern", (section, name) => section.Size(name));
        _alphas = Pattern(fields, "alpha_pattern", (section, name) => section.Number(name));
        _byRoot = fields.Flag("use_rslora") ?? false;
        IsTransposed = fields.Flag("fan_in_fan_out") ?? false;
        Unknown = [.. fields.Names.Where(name => !Idle.Contains(name) && !Own.Contains(name)
            && !Array.Exists(Others, other => other.Key == name))];
    }

    /// <summary>Keys that stand for nothing here.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Whether the base stores adapted matrices as [inputs, outputs].</summary>
    public bool IsTransposed { get; }

    public static AdapterSettings Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Read(path);
        var json = document.RootElement.Clone();
        foreach (var (key, harmless) in Others)
            if (json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null && !harmless.Contains(value.ToString()))
                throw new LlmKickException($"'{path}' has {key}: {value}, which cannot be merged here; merge the adapter with its own tool "
                    + $"and give the merged folder.");
        return new AdapterSettings(new ConfigFields(path, json));
    }

    /// <summary>r of a module.</summary>
    public int RankOf(string module) => (int)Of(_ranks, module, _rank);

    /// <summary>What B·A of a module is multiplied by: α / r, or α / √r (rank-stabilized, Kalajdzievski, arXiv 2312.03732).</summary>
    public double ScaleOf(string module) => Of(_alphas, module, _alpha) / (_byRoot ? Math.Sqrt(RankOf(module)) : RankOf(module));

    private static double Of(IEnumerable<(Regex Modules, double Value)> pattern, string module, double otherwise) =>
        pattern.FirstOrDefault(row => row.Modules.IsMatch(module)) is { Modules: not null } own ? own.Value : otherwise;

    private static List<(Regex Modules, double Value)> Pattern(ConfigFields fields, string key, Func<ConfigFields, string, double?> value)
    {
        if (fields.Section(key) is not { } section)
            return [];
        return [.. section.Names.Select(name => (
            ModulePattern.Find(Whole(name)) ?? throw section.Wrong(name, "behind a valid pattern"),
            value(section, name) ?? throw section.Wrong(name, "a positive number")))];
    }

    // As PEFT: a pattern means modules that end with it, or, where it begins with ^, that it matches from their beginning on.
    private static string Whole(string pattern) => pattern.StartsWith('^') ? pattern : $@"(.*\.)?({pattern})$";
}
