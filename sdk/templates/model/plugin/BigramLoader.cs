using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace Contoso.Plugin_1;

/// <summary>Makes the model from its text. The tool asks what it would be before it loads it, to know whether results are still
/// good.</summary>
/// <param name="options">The text and how it is counted.</param>
public sealed class BigramLoader(BigramOptions options) : IModelLoader
{
    /// <inheritdoc/>
    public ModelIdentity Identify(CancellationToken cancellationToken) => new(
        Hash(Read()), LoadTokenizer().Hash, Path.GetFileName(options.Text), [options.Text], Bigrams.ParameterCount, BlockCount: 0,
        BigramModel.ContextLength);

    /// <inheritdoc/>
    public ITokenizer LoadTokenizer() => new ByteTokenizer();

    /// <inheritdoc/>
    public ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new BigramModel(Path.GetFileName(options.Text), new Bigrams(Read(), options.Smoothing));
    }

    private byte[] Read() => File.Exists(options.Text)
        ? File.ReadAllBytes(options.Text)
        : throw new LlmKickException($"'{options.Text}' is not there; put the text there, or name another file.");

    private string Hash(byte[] text) =>
        Convert.ToHexStringLower(
            SHA256.HashData([.. text, .. Encoding.UTF8.GetBytes(options.Smoothing.ToString("R", CultureInfo.InvariantCulture))]));
}
