using System.Text;
using System.Text.Unicode;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Tokens such as &lt;0x0A&gt; are bytes; a run of them that is no UTF-8 is one U+FFFD a byte, its valid parts too.</summary>
internal sealed class ByteFallbackDecoder : IDecoderPart
{
    public List<string> Decode(List<string> tokens)
    {
        var (result, run) = (new List<string>(tokens.Count), new List<byte>());
        foreach (var token in tokens)
        {
            if (ByteTokens.TryParse(token, out var value))
            {
                run.Add(value);
                continue;
            }
            Flush(run, result);
            result.Add(token);
        }
        Flush(run, result);
        return result;
    }

    public string Continue(string token) => ByteTokens.TryParse(token, out var value) ? LooseBytes.Of(value) : token;

    private static void Flush(List<byte> run, List<string> result)
    {
        if (run.Count == 0)
            return;
        byte[] bytes = [.. run];
        if (Utf8.IsValid(bytes))
            result.Add(Encoding.UTF8.GetString(bytes));
        else
            result.AddRange(Enumerable.Repeat("\uFFFD", bytes.Length));
        run.Clear();
    }
}
