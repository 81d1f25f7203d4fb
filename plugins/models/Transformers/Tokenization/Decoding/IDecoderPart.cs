namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>One step from tokens to text.</summary>
internal interface IDecoderPart
{
    /// <summary>What the tokens of a whole text become.</summary>
    List<string> Decode(List<string> tokens);

    /// <summary>What a token becomes in the middle of a text. Bytes that are part of a character stand as
    /// <see cref="LooseBytes"/>.</summary>
    string Continue(string token);
}
