using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Testing.Conformance;
using TorchSharp;

namespace LlmKick.Tests.Testing;

/// <summary>How a method can be wrong.</summary>
public enum Fault { None, Nan, Clock, Leak, LessSparse, KeepsState, Crash, Overflow }

/// <summary>Options of a method with a fault.</summary>
public sealed record BadOptions
{
    [Option("What is wrong with it.")]
    public Fault Fault { get; init; }
}

/// <summary>Sets the first half of each row to zero, with a fault.</summary>
internal sealed class BadCompressor(BadOptions options) : LinearCompressor
{
    private static int clock;
    private int runs;

    public override InputStatistics Needs => InputStatistics.ColumnSquares;

    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        foreach (var linear in group.Linears)
        {
            using var weight = linear.Weight.clone();
            using var half = weight.narrow(1, 0, options.Fault == Fault.LessSparse ? linear.Inputs / 4 : linear.Inputs / 2);
            half.zero_();
            Spoil(weight, statistics);
            linear.Replace(weight, new PrunedEncoding(null));
        }
        runs++;
    }

    private void Spoil(torch.Tensor weight, GroupStatistics statistics)
    {
        switch (options.Fault)
        {
            case Fault.Nan:
                weight.div_(weight.abs().max());
                break;
            case Fault.Clock:
                weight.mul_(Number.Of(1 + 0.01 * ++clock));
                break;
            case Fault.KeepsState:
                weight.mul_(Number.Of(1 + 0.01 * runs));
                break;
            case Fault.Leak:
                _ = torch.zeros(3).DetachFromDisposeScope();
                break;
            case Fault.Crash when statistics.ColumnSquares.sum().item<float>() == 0:
                throw new InvalidOperationException("no inputs");
            case Fault.Overflow:
                weight.mul_(Number.Of(1e38)).mul_(Number.Of(1e38));
                break;
        }
    }
}

/// <summary>Offers what is wrong.</summary>
public sealed class BadPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddCompressor<BadOptions>("bad", "Sets half of each row to zero.", options => new BadCompressor(options));
        registry.AddTask<BadTaskOptions>("bad", "Asks for words.", options => new BadTask(options));
        registry.AddModel<BadModelOptions>("bad", "A tiny llama.", options => new BadModel(options));
        registry.AddModel<BadChatOptions>("bad-chat", "An echo.", options => new BadChatModel(options));
        foreach (var fault in Enum.GetValues<FormatFault>())
            registry.AddCheckpointFormat(new BadFormat(fault));
    }
}

/// <summary>The suite on a method with a fault.</summary>
internal sealed class BadSuite(Fault fault) : CompressorConformance<BadPlugin>
{
    protected override string Name => "bad";

    protected override IReadOnlyList<CompressorCase> Cases => [new(new BadOptions { Fault = fault }) { Sparsity = 0.5 }];
}
