namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>The types of metadata values, numbered as in the format.</summary>
internal enum GgufValueType : uint
{
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,
    Bool,
    String,
    Array,
    UInt64,
    Int64,
    Float64,
}
