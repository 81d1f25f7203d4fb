using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;
using LlmKick.Sdk;

namespace LlmKick.Kick.Questions;

/// <summary>
/// Writes values as JSON: a missing one as null, bytes as hexadecimal, decimals as texts, dates and times as ISO 8601, and NaN and
/// infinities as their names.
/// </summary>
internal static class ParquetValue
{
    /// <summary>A value of a column.</summary>
    /// <exception cref="LlmKickException">The column is of a type that is not read.</exception>
    public static JsonNode? Of(IArrowArray column, int row) => column is NullArray || column.IsNull(row) ? null : column switch
    {
        StringArray texts => texts.GetString(row),
        LargeStringArray texts => texts.GetString(row),
        StringViewArray texts => texts.GetString(row),
        BooleanArray flags => flags.GetValue(row),
        DictionaryArray words => Of(words.Dictionary, Index(words.Indices, row)),
        StructArray all => new JsonObject(((StructType)all.Data.DataType)
            .Fields.Select((field, i) => KeyValuePair.Create(field.Name, Of(all.Fields[i], row)))),
        ListArray list => Items(list.Values, list.ValueOffsets[row], list.ValueOffsets[row + 1]),
        LargeListArray list => Items(list.Values, checked((int)list.ValueOffsets[row]), checked((int)list.ValueOffsets[row + 1])),
        FixedSizeListArray list => Items(list.GetSlicedValues(row)),
        Decimal128Array decimals => decimals.GetString(row),
        Decimal256Array decimals => decimals.GetString(row),
        FixedSizeBinaryArray bytes => Convert.ToHexStringLower(bytes.GetBytes(row)),
        BinaryArray bytes => Convert.ToHexStringLower(bytes.GetBytes(row)),
        LargeBinaryArray bytes => Convert.ToHexStringLower(bytes.GetBytes(row)),
        BinaryViewArray bytes => Convert.ToHexStringLower(bytes.GetBytes(row)),
        _ => ParquetTime.Of(column, row) ?? Number(column, row),
    };

    private static JsonArray Items(IArrowArray values, int start = 0, int? end = null) =>
        new([.. Enumerable.Range(start, (end ?? values.Length) - start).Select(i => Of(values, i))]);

    private static JsonValue Number(IArrowArray column, int row) => column switch
    {
        Int8Array whole => Whole(whole, row),
        Int16Array whole => Whole(whole, row),
        Int32Array whole => Whole(whole, row),
        Int64Array whole => Whole(whole, row),
        UInt8Array whole => Whole(whole, row),
        UInt16Array whole => Whole(whole, row),
        UInt32Array whole => Whole(whole, row),
        UInt64Array whole => JsonValue.Create(whole.GetValue(row)!.Value),
        HalfFloatArray half => Float((double)half.GetValue(row)!.Value),
        FloatArray single => Float(single.GetValue(row)!.Value),
        DoubleArray @double => Float(@double.GetValue(row)!.Value),
        _ => throw new LlmKickException($"columns of the type {column.Data.DataType.Name} are not read; leave the column out of the file."),
    };

    private static JsonValue Whole<T>(PrimitiveArray<T> column, int row) where T : struct,
        INumber<T> => JsonValue.Create(long.CreateChecked(column.GetValue(row)!.Value));

    private static JsonValue Float(double value) => double.IsFinite(value) ? JsonValue.Create(value)
        : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static int Index(IArrowArray indices, int row) => checked((int)Number(indices, row).GetValue<long>());
}
