using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Endpoint;

/// <summary>Reaches a server's model. Nothing is asked of the server before the first request.</summary>
internal sealed class EndpointLoader(EndpointOptions options) : IModelLoader
{
    // The server cuts or refuses what is too long for it: only it knows.
    private const int AnyLength = int.MaxValue;

    public ModelIdentity Identify(CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Url}\n{options.Model}")));
        return new ModelIdentity(hash, TokenizerHash: "", options.Model, Files: [], ParameterCount: 0, BlockCount: 0, AnyLength);
    }

    public ITokenizer LoadTokenizer() =>
        throw new LlmKickException($"endpoint: the tokenizer of '{options.Model}' is known to its server alone, and tasks need it; an "
            + $"endpoint can only be the recipe's judge.");

    public ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken)
    {
        var key = options.KeyVariable is null ? null : Environment.GetEnvironmentVariable(options.KeyVariable);
        if (options.KeyVariable is not null && string.IsNullOrWhiteSpace(key))
            throw new LlmKickException($"endpoint: the environment variable '{options.KeyVariable}' that `key_variable` names is not set; "
                + $"set it to the server's key, or leave `key_variable` out.");
        return new EndpointModel(options, key?.Trim(), Describe());
    }

    private ModelDescription Describe() => new()
    {
        Name = options.Model,
        Architecture = "endpoint",
        ParameterCount = 0,
        ContextLength = AnyLength,
        DataType = "unknown",
        Device = options.Url,
    };
}
