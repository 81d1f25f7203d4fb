namespace LlmKick.Transformers.Feeds;

/// <summary>What a router makes of its logits.</summary>
internal enum RouterScore
{
    /// <summary>A softmax over all experts, of which the greatest are chosen.</summary>
    Softmax,

    /// <summary>The greatest logits are chosen, a softmax over those weighs them.</summary>
    SoftmaxOfChosen,

    /// <summary>A sigmoid of each logit.</summary>
    Sigmoid,
}
