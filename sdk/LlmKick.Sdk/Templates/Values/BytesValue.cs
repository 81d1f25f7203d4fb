using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Bytes, which only <c>encode</c> makes.</summary>
internal sealed class BytesValue(byte[] bytes) : Value
{
    public byte[] Bytes => bytes;

    public override string TypeName => "bytes";

    public override int? Length => bytes.Length;

    public override IEnumerable<object?> Items => bytes.Select(one => (object?)new BigInteger(one));

    public override object? Item(object? key) => Slicing.Index(key, bytes.Length) is { } index ? new BigInteger(bytes[index])
        : Missing.Value;

    public override object? Attribute(string name) => BytesMethods.Find(this, name);

    public override bool Equals(Value other) => other is BytesValue value && bytes.AsSpan().SequenceEqual(value.Bytes);

    public override int Hash() => bytes.Length;

    public override void Represent(StringBuilder text)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        text.Append('b').Append(quote);
        foreach (var one in bytes)
            text.Append(one switch
            {
                (byte)'\\' => @"\\",
                (byte)'\n' => @"\n",
                (byte)'\r' => @"\r",
                (byte)'\t' => @"\t",
                _ when one == quote => "\\" + quote,
                < 0x20 or >= 0x7f => string.Create(CultureInfo.InvariantCulture, $"\\x{one:x2}"),
                _ => ((char)one).ToString(),
            });
        text.Append(quote);
    }
}
