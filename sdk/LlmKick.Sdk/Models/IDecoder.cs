using TorchSharp;

namespace LlmKick.Sdk.Models;

/// <summary>What a local model plugin implements for answering: prefill and step. Called on one thread; batching is the caller's.</summary>
public interface IDecoder
{
    /// <summary>Where token tensors must lie.</summary>
    torch.Device Device { get; }

    /// <summary>What routers chose since the model was loaded; null where it has none, or they are not watched.</summary>
    /// <value>Null.</value>
    RouterChoices? Routing => null;

    /// <summary>Makes an empty cache of keys and values.</summary>
    /// <param name="batch">Sequences.</param>
    /// <param name="capacity">Most tokens a sequence will hold.</param>
    IKeyValueCache CreateCache(int batch, int capacity);

    /// <summary>Reads tokens and returns the hidden states after the final norm.</summary>
    /// <param name="tokens">int64 [batch, length]; rows shorter than <c>length</c> are padded at the end with any valid id.</param>
    /// <param name="lengths">
    /// Tokens of each row that count: 1 … length. Attention never looks at padding. Hidden states at padding are undefined.
    /// </param>
    /// <param name="cache">
    /// Null to read from position 0 and keep nothing. Otherwise row r is appended at <c>cache.Lengths[r]</c>, attends to what is there,
    /// and the cache's lengths grow by <paramref name="lengths"/>.
    /// </param>
    /// <returns>[batch, length, width] in the model's dtype, owned by the caller.</returns>
    torch.Tensor Forward(torch.Tensor tokens, ReadOnlySpan<int> lengths, IKeyValueCache? cache);

    /// <summary>Applies the output head.</summary>
    /// <param name="hidden">[n, width], as <see cref="Forward"/> returns them.</param>
    /// <returns>Logits, float32 [n, vocabulary], owned by the caller.</returns>
    torch.Tensor Logits(torch.Tensor hidden);

    /// <summary>Finds where the first number arises that is not finite, by computing the tokens again part by part. Asked only after an
    /// output was NaN or infinite.</summary>
    /// <param name="tokens">int64 [1, length].</param>
    /// <returns>The part in words, such as "block 3" or "the head"; null where it is not known, as by default.</returns>
    string? FirstNotFinite(torch.Tensor tokens) => null;
}
