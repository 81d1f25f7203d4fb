using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Transformers.Configuration;

/// <summary>What <c>generation_config.json</c> asks of the choice of tokens, beside the ends of texts: the reference obeys it in greedy
/// text too.</summary>
/// <param name="Rules">What can be applied.</param>
/// <param name="Asked">What is asked, in words; empty where nothing is.</param>
/// <param name="Others">Keys that ask for something that is not computed here.</param>
internal sealed record GenerationConfig(GenerationRules Rules, IReadOnlyList<string> Asked, IReadOnlyList<string> Others)
{
    private const string File = "generation_config.json";

    private static readonly string[] Unknown =
    [
        "bad_words_ids", "constraints", "diversity_penalty", "encoder_repetition_penalty", "exponential_decay_length_penalty",
        "force_words_ids", "forced_bos_token_id", "forced_eos_token_id",
        "guidance_scale", "length_penalty", "max_time", "min_length", "min_new_tokens", "num_beams", "penalty_alpha", "sequence_bias",
        "stop_strings", "token_healing", "watermarking_config",
    ];

    public static GenerationConfig Read(string folder)
    {
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path))
            return new(new(), [], []);
        using var document = Formats.JsonFile.Read(path);
        return Of(new ConfigFields(path, document.RootElement));
    }

    /// <summary>The rules, all of which must be among those that are computed.</summary>
    /// <exception cref="LlmKickException">One is not.</exception>
    public GenerationRules Required(string path) => Others.Count == 0 ? Rules : throw new LlmKickException(
        $"'{Path.Combine(path, File)}' asks for {string.Join(", ", Others)}, which is not computed here: leave `generation: model` "
            + $"out, or the keys.");

    private static GenerationConfig Of(ConfigFields fields)
    {
        var rules = new GenerationRules
        {
            RepetitionPenalty = fields.Number("repetition_penalty") ?? 1,
            NoRepeatNgramSize = fields.Count("no_repeat_ngram_size") ?? 0,
            SuppressTokens = Ids(fields, "suppress_tokens"),
            BeginSuppressTokens = Ids(fields, "begin_suppress_tokens"),
        };
        List<string> asked = [];
        if (rules.RepetitionPenalty != 1)
            asked.Add(string.Create(CultureInfo.InvariantCulture, $"repetition_penalty {rules.RepetitionPenalty}"));
        if (rules.NoRepeatNgramSize > 0)
            asked.Add($"no_repeat_ngram_size {rules.NoRepeatNgramSize}");
        if (rules.SuppressTokens.Count > 0)
            asked.Add($"suppress_tokens ({rules.SuppressTokens.Count})");
        if (rules.BeginSuppressTokens.Count > 0)
            asked.Add($"begin_suppress_tokens ({rules.BeginSuppressTokens.Count})");
        var others = Unknown.Where(key => fields.Has(key) && DecisiveKeys.Asks(fields.Raw(key))).ToList();
        return new(rules, [.. asked, .. others], others);
    }

    private static int[] Ids(ConfigFields fields, string key) => fields.Numbers(key) is { } ids
        ? ids.All(id => id >= 0 && id < ConfigFields.GreatestSize && id == Math.Floor(id)) ? [.. ids.Select(id => (int)id)]
            : throw fields.Wrong(key, "a list of token ids")
        : [];
}
