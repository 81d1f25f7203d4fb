using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk.Models;

namespace Contoso.Plugin_1;

/// <summary>Makes the model from its text. The tool asks what it would be before it loads it, to know whether results are still good.</summary>
/// <param name="options">The text and how it is counted.</param>
public sealed class BigramLoader(BigramOptions options) : IModelLoader
{
    /// <inheritdoc/>
    public ModelIdentity Identify(CancellationToken cancellationToken) => new(
        Hash(File.ReadAllBytes(options.Text)), LoadTokenizer().Hash, Path.GetFileName(options.Text), [options.Text], Bigrams.ParameterCount, BlockCount: 0, BigramModel.ContextLength);

    /// <inheritdoc/>
    public ITokenizer LoadTokenizer() => new ByteTokenizer();

    /// <inheritdoc/>
    public ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken) =>
        new BigramModel(Path.GetFileName(options.Text), new Bigrams(File.ReadAllBytes(options.Text), options.Smoothing));

    private string Hash(byte[] text) =>
        Convert.ToHexStringLower(SHA256.HashData([.. text, .. Encoding.UTF8.GetBytes(options.Smoothing.ToString("R", CultureInfo.InvariantCulture))]));
}
