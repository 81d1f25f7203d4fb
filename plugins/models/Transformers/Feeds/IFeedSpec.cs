using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Feeds;

/// <summary>A feed-forward part as a family describes it: what it is made of follows, before anything is read.</summary>
internal interface IFeedSpec
{
    /// <summary>The tensors that it asks for.</summary>
    IEnumerable<ParameterSpec> Parameters { get; }

    /// <summary>Makes it of tensors.</summary>
    IPart Build(IPartReader reader);
}
