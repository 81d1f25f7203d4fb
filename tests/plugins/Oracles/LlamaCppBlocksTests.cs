using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using static LlmKick.Tests.Oracles.LlamaCppCheck;

namespace LlmKick.Tests.Oracles;

/// <summary>GGUF files of blocks, of families with experts, recurrent mixers and latent attention.</summary>
public sealed class LlamaCppBlocksTests : IDisposable
{
    // llama.cpp rounds the border dimensions of gpt-oss' YaRN, which its golden does not.
    private const string Unscaled = """{"rope_parameters": {"rope_type": "default", "rope_theta": 150000.0}}""";

    internal static readonly Dictionary<string, string> Wide = new()
    {
        ["qwen3_moe"] = """{"hidden_size": 256, "head_dim": 64, "moe_intermediate_size": 256, "intermediate_size": 256}""",
        ["gpt_oss"] = """
            {"hidden_size": 256, "head_dim": 64, "intermediate_size": 256,
             "rope_parameters": {"rope_type": "default", "rope_theta": 150000.0}}
            """,
        ["falcon_h1"] = """
            {"hidden_size": 256, "head_dim": 64, "intermediate_size": 256, "mamba_d_ssm": 256, "mamba_d_head": 32}
            """,
        ["deepseek_v2"] = """
            {"hidden_size": 256, "moe_intermediate_size": 256, "intermediate_size": 256, "kv_lora_rank": 256, "qk_nope_head_dim": 256,
             "v_head_dim": 64}
            """,
        ["kimi_linear"] = """
            {"hidden_size": 256, "head_dim": 64, "linear_head_dim": 64, "moe_intermediate_size": 256, "intermediate_size": 256,
             "kv_lora_rank": 256, "qk_nope_head_dim": 256, "v_head_dim": 64}
            """,
    };

    // Seen: 0.06 to 0.10, 0.09 to 0.14, 0.22 to 0.55.
    private static readonly Dictionary<string, float> Shares = new() { ["Q4_0"] = 0.15f, ["Q4_K_M"] = 0.2f, ["Q6_K"] = 0.6f };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows of 256 numbers, which are whole blocks of all types, but for the low ranks of Kimi's decays and gates.</summary>
    [Theory]
    [InlineData("qwen3_moe", "Q4_0", "")]
    [InlineData("qwen3_moe", "Q4_K_M", "")]
    [InlineData("qwen3_moe", "Q6_K", "")]
    [InlineData("gpt_oss", "Q4_0", "")]
    [InlineData("gpt_oss", "Q4_K_M", "")]
    [InlineData("gpt_oss", "Q6_K", "")]
    [InlineData("falcon_h1", "Q4_0", "")]
    [InlineData("falcon_h1", "Q4_K_M", "")]
    [InlineData("falcon_h1", "Q6_K", "")]
    [InlineData("deepseek_v2", "Q4_0", "")]
    [InlineData("deepseek_v2", "Q4_K_M", "")]
    [InlineData("deepseek_v2", "Q6_K", "")]
    [InlineData("kimi_linear", "Q4_0", "")]
    [InlineData("kimi_linear", "Q4_K_M", "6 x Q5_0")]
    [InlineData("kimi_linear", "Q6_K", "6 x Q8_0")]
    public void Write_WideRows_AreComputedAlike(string golden, string type, string others)
    {
        WideCheckpoint.Write(golden, Wide[golden], _folder.File("."));
        Check(golden, type, others);
    }

    /// <summary>Rows of 64, 32 and 96 numbers, which are whole blocks of Q4_0, but for those of 16; 256 divides none.</summary>
    [Theory]
    [InlineData("qwen3_moe", "Q4_0", "")]
    [InlineData("gpt_oss", "Q4_0", "")]
    [InlineData("bamba", "Q4_0", "")]
    [InlineData("deepseek_v2", "Q4_0", "3 x F16")]
    [InlineData("kimi_linear", "Q4_0", "7 x F16")]
    [InlineData("qwen3_moe", "Q4_K_M", "67 x Q5_0, 14 x Q8_0, 3 x Q5_1")]
    [InlineData("gpt_oss", "Q4_K_M", "54 x Q5_0, 10 x Q8_0")]
    [InlineData("bamba", "Q4_K_M", "16 x Q5_0, 1 x Q8_0")]
    [InlineData("deepseek_v2", "Q4_K_M", "54 x Q5_0, 9 x Q8_0, 3 x F16, 3 x Q5_1")]
    [InlineData("kimi_linear", "Q4_K_M", "80 x Q5_0, 24 x Q8_0, 7 x F16, 4 x Q5_1")]
    public void Write_NarrowRows_AreStoredOtherwiseAsSaid(string golden, string type, string others)
    {
        RenamedCheckpoint.Write(golden, golden == "gpt_oss" ? Unscaled : "{}", _ => { }, _folder.File("."));
        Check(golden, type, others);
    }

    /// <summary>
    /// Writes the folder, and holds what is read of it to the floats that its blocks stand for, and to llama.cpp, whose products round what
    /// they read to 8 bits too: of what rounding the weights moves a log-probability by, that is at most this share, by their medians over
    /// the golden's tokens.
    /// </summary>
    private void Check(string golden, string type, string others)
    {
        var ids = Ids(golden);
        using var desk = new ExportDesk(_folder.File("."));
        var path = desk.Write(ExportDesk.Settings("gguf", type), "model.gguf", out var result);
        var told = result.Notes.SingleOrDefault(note => note.Contains("are stored otherwise", StringComparison.Ordinal)) ?? "";
        Assert.Equal(others, told.Length == 0 ? "" : told.Split("are stored otherwise: ")[1].Split(';')[0]);

        using var read = new ExportDesk(path);
        var own = Scores(read, ids);
        using var plain = new ExportDesk(read.Write(ExportDesk.Settings("hf-dense", "float32")));
        Assert.Equal(own, Scores(plain, ids));
        float[] theirs = [.. LlamaCppScores.Of(path, ids).SelectMany(row => row)];
        Assert.InRange(Median(own, theirs), 0, Shares[type] * Median(own, Scores(desk, ids)));
    }

    private static float Median(float[] own, float[] other) =>
        own.Zip(other, (ours, theirs) => Math.Abs(ours - theirs)).Order().ElementAt(own.Length / 2);
}
