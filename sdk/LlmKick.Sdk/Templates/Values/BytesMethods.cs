using System.Globalization;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Bytes made of texts, and back.</summary>
internal static class BytesMethods
{
    private static readonly MethodTable<BytesValue> Methods = new MethodTable<BytesValue>("bytes")
        .Add("decode(encoding='utf-8', errors='strict')", (self, a) => Find(a[0]).GetString(self.Bytes))
        .Add("hex(/)", (self, _) => Convert.ToHexStringLower(self.Bytes));

    public static object Find(BytesValue self, string name) => Methods.Find(self, name);

    public static BytesValue Encode(string text, object? encoding)
    {
        var bytes = Find(encoding).GetBytes(text);
        Evaluation.Text(bytes.Length);
        return new BytesValue(bytes);
    }

    private static Encoding Find(object? name) => (Types.Text(name) ?? "").Replace('_', '-').ToLower(CultureInfo.InvariantCulture) switch
    {
        "utf-8" or "utf8" => new UTF8Encoding(false),
        "ascii" or "us-ascii" => Encoding.ASCII,
        "latin-1" or "latin1" or "iso-8859-1" => Encoding.Latin1,
        _ => throw new PythonError("LookupError", $"unknown encoding: {Types.Text(name)}"),
    };
}
