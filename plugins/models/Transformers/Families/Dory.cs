using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>
/// Dory: nGPT (Loshchilov et al., arXiv 2410.01131) whose middle blocks run several times with the same weights. Hidden states, queries and
/// keys have length 1, every step goes a learned share of the way to a part's output. As in its files, attention and feed-forward parts
/// count as blocks of their own.
/// </summary>
internal static class Dory
{
    private const string FeedForward = "mlp";

    public static Family Row { get; } = new("dory")
    {
        Class = "DoryForCausalLM",
        Root = "backbone",
        OtherName = Saved,
        Ends = c => new()
        {
            Embedding = "embeddings",
            FinalNorm = LengthOne(c.Width, "norm"),
            Tied = c.IsTied(),
            HeadScale = new("lm_head.logit_scale", c.Vocabulary ?? 0, 1 / Init(c)),
        },
        Loop = Loop,
        Block = (c, i) => new()
        {
            Flow = Flow.Towards(LengthOne(c.Width, "norm"), new(IsFeedForward(c, i) ? "mlp_alpha" : "attn_alpha", c.Width,
                (c.Fields.Number("ngpt_alpha_init") ?? 0.05) / Init(c)) { IsAbsolute = true }),
            Mixer = IsFeedForward(c, i) ? new NoMixer() : Attention(c, c.BlockType(i) == "sliding_attention"),
            Feed = IsFeedForward(c, i) ? FeedForwardPart(c) : new NoFeed(),
        },
    };

    /// <summary>As transformers saves it: attention and feed-forward part are one block, with half the number.</summary>
    private static string Saved(string name)
    {
        var parts = name.Split('.', 4);
        if (parts is not [_, "layers", var number, _]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var block))
            return name;
        var rest = parts[3] switch
        {
            "attn_alpha" => "lambda_1",
            "mlp_alpha" => "lambda_2",
            var other => other.Replace("mixer.", block % 2 == 0 ? "self_attn." : "mlp.", StringComparison.Ordinal),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}.layers.{block / 2}.{rest}");
    }

    private static FullAttention Attention(ModelConfig c, bool sliding) => new(c)
    {
        Module = "mixer",
        QueryNorm = LengthOne(c.HeadWidth, "q_norm"),
        KeyNorm = LengthOne(c.HeadWidth, "k_norm"),
        QueryScale = new("mixer.sqk", c.Heads * c.HeadWidth, Math.Sqrt(c.HeadWidth) / Init(c)) { IsSquared = true },
        Gate = new OutputGate("g_proj", IsOfHead: false, Activation.Sigmoid)
        {
            Scale = new("mixer.s_gate", c.Heads * c.HeadWidth, Math.Pow(c.Width, 0.25) / Init(c)) { IsSquared = true },
        },
        OutputNorm = LengthOne(c.Heads * c.HeadWidth, "o_norm"),
        Window = sliding ? c.Window : null,
        Rotary = new Rotary(c) { Base = sliding ? 1e4 : 1e7 }.Of(sliding),
    };

    private static Gated FeedForwardPart(ModelConfig c) => new(c, c.Activation(Activation.Silu))
    {
        Gate = "mixer.gate_proj",
        Up = "mixer.up_proj",
        Down = "mixer.down_proj",
        GateScale = new("mixer.suv_gate", c.FeedForwardWidth, Math.Sqrt(c.Width)),
        UpScale = new("mixer.suv_up", c.FeedForwardWidth, Math.Sqrt(c.Width)),
        InnerNorm = LengthOne(c.FeedForwardWidth, "d_norm"),
    };

    private static Recurrence Loop(ModelConfig c)
    {
        if (c.Fields.Text("recurrent_kv_cache_mode") is { } mode and not "per_loop")
            throw new LlmKickException($"'{c.Path}' keeps keys and values by '{mode}' (recurrent_kv_cache_mode), with which a text that is "
                + "written has other scores than the same text read at once; supported: per_loop.");
        var (before, count, after) = (Count(c, "n_input_layers"), Count(c, "n_recurrent_layers"), Count(c, "n_output_layers"));
        if (count == 0 || before + count + after != c.BlockCount)
            throw new LlmKickException($"'{c.Path}' has {before} input, {count} recurrent and {after} output blocks (n_input_layers, "
                + $"n_recurrent_layers, n_output_layers), which are not the {c.BlockCount} of num_hidden_layers with at least one that "
                + "recurs.");
        return new Recurrence(before, count, c.Fields.Need(c.Fields.Size("n_recurrent_loops", Blocks.Loop.MostRounds), "n_recurrent_loops"),
            LengthOne(c.Width, "norm"));
    }

    private static int Count(ModelConfig c, string key) => c.Fields.Need(c.Fields.Count(key), key);

    private static double Init(ModelConfig c) => c.Fields.Number("initializer_range") ?? 0.02;

    private static bool IsFeedForward(ModelConfig c, int block) => c.BlockType(block) switch
    {
        null => throw c.Fields.Wrong("layer_types", "a list"),
        FeedForward => true,
        "sliding_attention" or "full_attention" => false,
        var other => throw new LlmKickException($"'{c.Path}' has blocks of the type '{other}', which is not supported here; supported: "
            + "full_attention, sliding_attention, mlp."),
    };

    private static NormSpec LengthOne(int width, string name) => new(name, width, 1e-12) { HasWeight = false, ToLengthOne = true };
}
