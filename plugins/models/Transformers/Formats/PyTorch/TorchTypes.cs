using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>PyTorch's names of element types.</summary>
internal static class TorchTypes
{
    private static readonly (string Storage, string Type, string Dtype)[] Rows =
    [
        ("FloatStorage", "float32", "F32"), ("DoubleStorage", "float64", "F64"), ("HalfStorage", "float16", "F16"),
        ("BFloat16Storage", "bfloat16", "BF16"),
        ("LongStorage", "int64", "I64"), ("IntStorage", "int32", "I32"), ("ShortStorage", "int16", "I16"), ("CharStorage", "int8", "I8"),
        ("ByteStorage", "uint8", "U8"), ("BoolStorage", "bool", "BOOL"), ("Float8_e4m3fnStorage", "float8_e4m3fn", "F8_E4M3"),
        ("Float8_e5m2Storage", "float8_e5m2", "F8_E5M2"),
    ];

    /// <summary>The type of <c>torch.FloatStorage</c> and the like, or of <c>torch.float32</c>; null where the name is none.</summary>
    public static SafetensorsDtype? Find(string name) =>
        Array.Find(Rows, row => name == "torch." + row.Storage || name == "torch." + row.Type) is { Dtype: { } dtype }
            ? SafetensorsDtype.Find(dtype) : null;
}
