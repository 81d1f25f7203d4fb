using System.Text.Json.Nodes;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>The parts of a tokenizer.json that kinds of vocabularies write otherwise.</summary>
internal interface ITokenizerParts
{
    JsonObject? Normalizer();

    JsonObject? PreTokenizer();

    JsonObject Decoder();

    JsonObject Model();
}
