using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Mixers;

/// <summary>The part of a block in which tokens see one another.</summary>
internal interface IMixer : IPart
{
    /// <summary>How keys and values are rounded; null where they are not.</summary>
    KeyValueScheme? KeyValues { get; set; }
}
