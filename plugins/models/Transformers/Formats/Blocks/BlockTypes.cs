namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>The GGML types that can be read, and most of them written: one more type is one more row.</summary>
internal static class BlockTypes
{
    private static readonly BlockType[] Rows =
    [
        new(0, "F32", 1, 4, Plain.DecodeF32, Plain.EncodeF32),
        new(1, "F16", 1, 2, Plain.DecodeF16, Plain.EncodeF16),
        new(30, "BF16", 1, 2, Plain.DecodeBF16, Plain.EncodeBF16),
        new(2, "Q4_0", 32, 18, Q4_0.Decode, Q4_0.Encode),
        new(3, "Q4_1", 32, 20, Q4_1.Decode, Q4_1.Encode),
        new(6, "Q5_0", 32, 22, Q5_0.Decode, Q5_0.Encode),
        new(7, "Q5_1", 32, 24, Q5_1.Decode, Q5_1.Encode),
        new(8, "Q8_0", 32, 34, Q8_0.Decode, Q8_0.Encode),
        new(10, "Q2_K", 256, 84, Q2_K.Decode, Q2_K.Encode),
        new(11, "Q3_K", 256, 110, Q3_K.Decode, Q3_K.Encode),
        new(12, "Q4_K", 256, 144, Q4_K.Decode, Q4_K.Encode),
        new(13, "Q5_K", 256, 176, Q5_K.Decode, Q5_K.Encode),
        new(14, "Q6_K", 256, 210, Q6_K.Decode, Q6_K.Encode),
        new(20, "IQ4_NL", 32, 18, IQ4_NL.Decode),
        new(23, "IQ4_XS", 256, 136, IQ4_XS.Decode),
        new(34, "TQ1_0", 256, 54, TQ1_0.Decode),
        new(35, "TQ2_0", 256, 66, TQ2_0.Decode),
        new(39, "MXFP4", 32, 17, MXFP4.Decode),
    ];

    private static readonly Dictionary<uint, string> Unsupported = new()
    {
        [9] = "Q8_1", [15] = "Q8_K", [16] = "IQ2_XXS", [17] = "IQ2_XS", [18] = "IQ3_XXS", [19] = "IQ1_S",
        [21] = "IQ3_S", [22] = "IQ2_S", [24] = "I8", [25] = "I16", [26] = "I32", [27] = "I64", [28] = "F64",
        [29] = "IQ1_M",
    };

    public static string Supported { get; } = string.Join(", ", Rows.Select(row => row.Name));

    public static BlockType? Find(uint id) => Array.Find(Rows, row => row.Id == id);

    public static BlockType? Find(string name) => Array.Find(Rows, row => row.Name == name);

    public static string Describe(uint id) => Unsupported.GetValueOrDefault(id, $"{id} (unknown)");
}
