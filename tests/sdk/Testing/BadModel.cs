using System.Security.Cryptography;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Testing.Conformance;
using TorchSharp;

namespace LlmKick.Tests.Testing;

/// <summary>How a kind of model can be wrong.</summary>
public enum ModelFault { None, HashesTheName, CrashesOnShortFile, IgnoresCancellation, Leaks, IdentifiesAnother }

/// <summary>Options of a kind of model with a fault.</summary>
public sealed record BadModelOptions
{
    [Option("A file of 200 bytes, which stands for weights.", Required = true, IsPath = true)]
    public string Path { get; init; } = "";

    [Option("What is wrong with it.")]
    public ModelFault Fault { get; init; }
}

/// <summary>Loads a tiny llama, with a fault.</summary>
internal sealed class BadModel(BadModelOptions options) : IModelLoader
{
    private const int Bytes = 200;

    public ModelIdentity Identify(CancellationToken cancellationToken)
    {
        var content = options.Fault == ModelFault.HashesTheName ? [] : Read();
        using var model = new TinyLlama(2);
        return new ModelIdentity(
            Convert.ToHexStringLower(SHA256.HashData(content)), ByteTokenizer.Instance.Hash, "tiny", [options.Path], model.ParameterCount,
            options.Fault == ModelFault.IdentifiesAnother ? 7 : 2, TinyLlama.ContextLength);
    }

    public ITokenizer LoadTokenizer() => ByteTokenizer.Instance;

    public ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken)
    {
        if (options.Fault != ModelFault.IgnoresCancellation)
            cancellationToken.ThrowIfCancellationRequested();
        Read();
        if (options.Fault == ModelFault.Leaks)
            _ = torch.zeros(3).DetachFromDisposeScope();
        return new TinyLlama(2, context.DataType == DataType.Bfloat16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32)
            .ToLanguageModel();
    }

    private byte[] Read()
    {
        if (!File.Exists(options.Path))
            throw new LlmKickException($"{options.Path}: no such file; give one.");
        var bytes = File.ReadAllBytes(options.Path);
        if (options.Fault == ModelFault.CrashesOnShortFile)
            return [bytes[Bytes - 1], .. bytes];
        return bytes.Length == Bytes ? bytes
            : throw new LlmKickException($"{options.Path}: {bytes.Length} bytes where {Bytes} are needed; download it again.");
    }
}

/// <summary>The suite on a kind of model with a fault.</summary>
internal sealed class BadModelSuite(ModelFault fault) : ModelConformance<BadPlugin>
{
    protected override string Name => "bad";

    protected override object Options(TemporaryFolder folder) =>
        new BadModelOptions { Path = folder.Write("weights.bin", new string('w', 200)), Fault = fault };
}
