using LlmKick.Sdk.Files;
using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Compares what is predicted at each token of texts with what the untouched model predicted there.</summary>
internal sealed class DivergencePass(IDecoder decoder, int contextLength) : RequestPass<DivergenceRequest>
{
    private const string Hidden = "hidden";

    protected override void Answer(IReadOnlyList<Indexed<DivergenceRequest>> requests, Action<Response> answered,
        CancellationToken cancellationToken)
    {
        foreach (var (_, request) in requests)
            RollingPass.Check(request.Tokens.Count, request.ScoreFrom, contextLength);
        var ordered = requests.OrderByDescending(entry => entry.Request.Tokens.Count).ThenBy(entry => entry.Index);
        foreach (var batch in TokenRows.Cut(ordered, entry => entry.Request.Tokens.Count, TokenRows.Budget))
            Compare(batch, answered, cancellationToken);
    }

    private void Compare(List<Indexed<DivergenceRequest>> batch, Action<Response> answered, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var rows = batch.ConvertAll(entry => new ReadOnlyMemory<int>([.. entry.Request.Tokens]));
        var hidden = decoder.Forward(TokenRows.ToTensor(rows, decoder.Device), TokenRows.Lengths(rows), null);
        foreach (var (row, (index, request)) in batch.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            answered(Compare(index, request, hidden[row].narrow(0, request.ScoreFrom - 1, request.Tokens.Count - request.ScoreFrom)));
        }
    }

    private DivergenceResponse Compare(int index, DivergenceRequest request, torch.Tensor states)
    {
        using var scope = torch.NewDisposeScope();
        if (request.Reference is { IsWritten: true } written)
            Keep(written.Path, states);
        var reference = request.Reference is { IsWritten: false } kept ? Read(kept.Path, states) : null;
        var response = new DistributionDistance(decoder, states, reference).Of(index, [.. request.Tokens.Skip(request.ScoreFrom)]);
        FiniteOutputs.Require(decoder, [.. response.Kl, .. response.Change, .. reference is null ? Own(states) : []],
            new([.. request.Tokens]));
        return response;
    }

    /// <summary>Where nothing is compared, what would be: the largest state, and the logits of the position that has it.</summary>
    private float[] Own(torch.Tensor states)
    {
        var largest = states.abs().amax([1]).to_type(torch.ScalarType.Float32);
        return [.. largest.cpu().data<float>(),
            .. decoder.Logits(states.narrow(0, largest.argmax().item<long>(), 1)).amax([1]).cpu().data<float>()];
    }

    private static void Keep(string path, torch.Tensor states)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SafetensorsWriter.Write(path, new Dictionary<string, torch.Tensor> { [Hidden] = states.contiguous() });
    }

    private torch.Tensor Read(string path, torch.Tensor states)
    {
        if (!File.Exists(path))
            throw new LlmKickException(
                $"'{path}' is not there, which holds what the untouched model predicts: let the untouched model be asked first.");
        using var file = SafetensorsFile.Open(path);
        var reference = file.Read(Hidden).to(states.dtype).to(decoder.Device);
        return reference.shape.SequenceEqual(states.shape) ? reference
            : throw new LlmKickException($"'{path}' holds states of shape [{string.Join(", ", reference.shape)}], and "
                + $"[{string.Join(", ", states.shape)}] are to be compared: it is of another model or text.");
    }
}
