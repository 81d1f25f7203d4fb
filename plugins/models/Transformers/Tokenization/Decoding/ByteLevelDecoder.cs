using System.Text;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Tokens are spelled in the byte alphabet.</summary>
internal sealed class ByteLevelDecoder : IDecoderPart
{
    public List<string> Decode(List<string> tokens)
    {
        using var bytes = new MemoryStream();
        foreach (var token in tokens)
            bytes.Write(ByteAlphabet.Decode(token));
        return [Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))];
    }

    public string Continue(string token) => LooseBytes.Of(ByteAlphabet.Decode(token));
}
