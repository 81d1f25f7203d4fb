using System.Text.Json;
using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Tests.Tasks;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Pruning;

/// <summary>A variant of SmolLM2 as the reference implementation made it.</summary>
/// <param name="name">The name of its golden files.</param>
internal sealed class Reference(string name)
{
    public JsonElement Json { get; } = Golden.Json($"golden/smollm2/{name}.json");

    public ICompressor Method => Create(name.Split('-')[0], name.Split('-')[1], name.EndsWith("2of4", StringComparison.Ordinal));

    /// <summary>The calibration set of the reference, or null for methods that need none.</summary>
    public CalibrationSet? Calibration => Method.Needs == InputStatistics.None
        ? null
        : new([.. Tokens("valid").Take(32 * 512).Chunk(512)]);

    private static int Bits(string setting) => setting[0] - '0';

    /// <summary>Windows that the perplexity is measured on.</summary>
    public static IReadOnlyList<int[]> Windows => [.. Tokens("test").Chunk(1024).Take(32)];

    public IEnumerable<JsonElement> Linears(int block) => Json.GetProperty("linears").EnumerateArray()
        .Where(l => l.GetProperty("block").GetInt32() == block);

    /// <summary>The zeros of block 0, in the order of <see cref="BlockOrder"/>.</summary>
    public byte[] Mask => File.ReadAllBytes(SharedData.Require($"golden/smollm2/{name}.block0.mask"));

    public IEnumerable<string> BlockOrder => Json.GetProperty("block0_order").Deserialize<string[]>()!;

    private static int[] Tokens(string part) =>
        SmolLm2.Tokenizer.Encode(File.ReadAllText(SharedData.Require($"data/wikitext-2/{part}.txt")));

    private ICompressor Create(string method, string setting, bool pattern)
    {
        double? sparsity = pattern ? null : 0.5;
        NmPattern? twoOfFour = pattern ? new NmPattern(2, 4) : null;
        return method switch
        {
            "magnitude" => new Magnitude(new PruningOptions { Sparsity = sparsity, Pattern = twoOfFour }),
            "rtn" => new Rtn(new RtnOptions { Bits = Bits(setting), GroupSize = 64 }),
            "gptq" => new Gptq(new GptqOptions { Bits = Bits(setting), GroupSize = 64,
                ActOrder = name.EndsWith("actorder-static", StringComparison.Ordinal) }),
            "awq" => new Awq(new AwqOptions { Bits = Bits(setting), GroupSize = 64, Samples = 8 }),
            "wanda" => new Wanda(new PruningOptions { Sparsity = sparsity, Pattern = twoOfFour }),
            _ => new SparseGpt(new SparseGptOptions { Sparsity = sparsity, Pattern = twoOfFour }),
        };
    }
}
