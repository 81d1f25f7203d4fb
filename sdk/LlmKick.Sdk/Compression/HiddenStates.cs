using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>The hidden states that enter a block, batch by batch: in memory up to a budget, the rest in one file that vanishes with the
/// process.</summary>
/// <param name="budget">Bytes kept in memory.</param>
/// <param name="folder">Where the file is made, if one is needed.</param>
internal sealed class HiddenStates(long budget, string folder) : IDisposable
{
    private readonly List<torch.Tensor> _inMemory = [];
    private readonly List<SpilledTensor> _spilled = [];
    private readonly SpillFile _file = new(folder);
    private long _bytes;

    /// <summary>Number of batches.</summary>
    public int Count => _inMemory.Count + _spilled.Count;

    /// <summary>Bytes in the file.</summary>
    public long SpilledBytes => _file.Bytes;

    /// <summary>Appends a batch, which is kept or written and freed.</summary>
    public void Add(torch.Tensor batch)
    {
        var size = batch.numel() * batch.ElementSize;
        if (_spilled.Count == 0 && _bytes + size <= budget)
        {
            _bytes += size;
            _inMemory.Add(batch.DetachFromDisposeScope());
            return;
        }
        _spilled.Add(_file.Add(batch));
        batch.Dispose();
    }

    /// <summary>Runs every batch through a function and puts what it gives in the batch's place.</summary>
    public void Replace(Func<torch.Tensor, torch.Tensor> run, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            Put(i, run(Get(i)));
        }
    }

    /// <summary>Shows every batch to a function.</summary>
    public void ForEach(Action<torch.Tensor> look, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            look(Get(i));
        }
    }

    public void Dispose()
    {
        _inMemory.ForEach(t => t.Dispose());
        _inMemory.Clear();
        _file.Dispose();
    }

    private torch.Tensor Get(int batch) => batch < _inMemory.Count ? _inMemory[batch] : _spilled[batch - _inMemory.Count].Read();

    private void Put(int batch, torch.Tensor value)
    {
        if (batch >= _inMemory.Count)
        {
            _spilled[batch - _inMemory.Count].Write(value);
            value.Dispose();
            return;
        }
        _inMemory[batch].Dispose();
        _inMemory[batch] = value.DetachFromDisposeScope();
    }
}
