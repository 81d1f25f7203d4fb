using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Testing.Conformance;
using TorchSharp;

namespace LlmKick.Tests.Testing;

/// <summary>How a format can be wrong.</summary>
public enum FormatFault { None, WrongLength, LooksAtValues, TellsNothing, Changes, RefusesLate, RefusesAll }

/// <summary>Writes the values of all tensors, with a fault.</summary>
internal sealed class BadFormat(FormatFault fault) : ICheckpointWriter
{
    private static byte clock;

    public static string NameOf(FormatFault fault) => $"bad-{fault}".ToLowerInvariant();

    public CheckpointFormat Format { get; } = new(NameOf(fault), "All values.", ["float32", "float64"], ".bad");

    public CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings)
    {
        var (type, size) = settings.Type == "float64" ? (torch.float64, 8) : (torch.float32, 4);
        if (fault == FormatFault.LooksAtValues)
            model.Tensors[1].Read(type).Dispose();
        if (fault == FormatFault.RefusesAll || (fault == FormatFault.RefusesLate && model.Tensors[1].Open is null))
            return CheckpointDraft.Refused("it will not do");
        var length = size * model.Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, one) => product * one))
            + (fault == FormatFault.WrongLength ? 1 : 0) + (fault == FormatFault.Changes ? 1 : 0);
        return new CheckpointDraft([new("all", length, (stream, written) => Write(stream, written, model, type))])
        {
            TensorCount = model.Tensors.Count,
        };
    }

    private void Write(Stream stream, Action written, ICheckpointModel model, torch.ScalarType type)
    {
        if (fault == FormatFault.Changes)
            stream.WriteByte(++clock);
        foreach (var tensor in model.Tensors)
        {
            using var values = tensor.Read(type);
            TensorBytes.WriteTo(stream, values);
            if (fault != FormatFault.TellsNothing)
                written();
        }
    }
}

/// <summary>The suite on a format with a fault.</summary>
internal sealed class BadFormatSuite(FormatFault fault) : CheckpointFormatConformance<BadPlugin>
{
    protected override string Name => BadFormat.NameOf(fault);
}
