namespace LlmKick.Sdk.Compression;

/// <summary>What a linear does in its block, whatever a family calls it.</summary>
public enum LinearRole
{
    /// <summary>Any other projection, such as the low-rank ones of latent attention or those of a recurrent mixer.</summary>
    Other,

    /// <summary>Makes the queries of attention.</summary>
    Query,

    /// <summary>Makes the keys of attention.</summary>
    Key,

    /// <summary>Makes the values of attention.</summary>
    Value,

    /// <summary>Leads from a mixer (attention or a recurrent one) back to the width of the hidden states.</summary>
    Output,

    /// <summary>Makes what the up projection is multiplied with after an activation function.</summary>
    Gate,

    /// <summary>Leads to the inner width of a feed-forward part.</summary>
    Up,

    /// <summary>Leads from the inner width of a feed-forward part back to that of the hidden states.</summary>
    Down,

    /// <summary>Chooses experts, or weighs the shared one: small, and every token's way depends on it. Methods leave it alone unless it is
    /// named.</summary>
    Router,

    /// <summary>A convolution over positions, kept as a matrix [channels, positions]: small, and no linear map of one position. Methods
    /// leave it alone unless it is named.</summary>
    Convolution,

    /// <summary>Makes the decay, the step or the strength by which a recurrent mixer writes its state: small, and every later token depends
    /// on it. Methods leave it alone unless it is named.</summary>
    Recurrence,
}
