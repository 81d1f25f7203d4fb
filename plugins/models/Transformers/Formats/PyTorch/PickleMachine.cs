namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>
/// Runs a pickle that may be meant to harm: it knows texts, numbers, containers and tensors, refuses every other name that is asked for,
/// and looks nothing up and runs nothing. What it allocates is in proportion to the pickle's length.
/// </summary>
internal sealed class PickleMachine(PickleBytes bytes)
{
    private readonly PickleStack _stack = new(bytes);
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly PickleCalls _calls = new(bytes);

    /// <summary>The value that the pickle describes.</summary>
    public object? Run()
    {
        for (var op = Next(); op != PickleOp.Stop; op = Next())
            if (!Literal(op) && !Container(op) && !Memory(op))
                Object(op);
        return _stack.Pop();
    }

    private PickleOp Next() => (PickleOp)bytes.Byte();

    private bool Literal(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.None: _stack.Push(null); return true;
            case PickleOp.NewTrue: _stack.Push(true); return true;
            case PickleOp.NewFalse: _stack.Push(false); return true;
            case PickleOp.BinInt: _stack.Push((long)(int)bytes.Number32()); return true;
            case PickleOp.BinInt1: _stack.Push((long)bytes.Byte()); return true;
            case PickleOp.BinInt2: _stack.Push((long)bytes.Number16()); return true;
            case PickleOp.Long1: _stack.Push(bytes.Long(bytes.Byte())); return true;
            case PickleOp.BinFloat: _stack.Push(bytes.Float()); return true;
            case PickleOp.BinUnicode: _stack.Push(bytes.Text(bytes.Number32())); return true;
            case PickleOp.ShortBinUnicode: _stack.Push(bytes.Text(bytes.Byte())); return true;
            case PickleOp.BinUnicode8: _stack.Push(bytes.Text(bytes.Number64())); return true;
            case PickleOp.Proto: bytes.Skip(1); return true;
            case PickleOp.Frame: bytes.Skip(sizeof(ulong)); return true;
            default: return false;
        }
    }

    private bool Container(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Mark: _stack.Mark(); return true;
            case PickleOp.EmptyTuple: _stack.Push(Array.Empty<object?>()); return true;
            case PickleOp.Tuple1: _stack.Push(_stack.Pop(1)); return true;
            case PickleOp.Tuple2: _stack.Push(_stack.Pop(2)); return true;
            case PickleOp.Tuple3: _stack.Push(_stack.Pop(3)); return true;
            case PickleOp.Tuple: _stack.Push(_stack.PopToMark()); return true;
            case PickleOp.EmptyList: _stack.Push(new PickleList()); return true;
            case PickleOp.EmptyDict: _stack.Push(new PickleMap()); return true;
            case PickleOp.Append: Append(_stack.Pop(1)); return true;
            case PickleOp.Appends: Append(_stack.PopToMark()); return true;
            case PickleOp.SetItem: Set(_stack.Pop(2)); return true;
            case PickleOp.SetItems: Set(_stack.PopToMark()); return true;
            default: return false;
        }
    }

    private bool Memory(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.BinPut: _memo[bytes.Byte()] = _stack.Top; return true;
            case PickleOp.LongBinPut: _memo[bytes.Number32()] = _stack.Top; return true;
            case PickleOp.Memoize: _memo[(uint)_memo.Count] = _stack.Top; return true;
            case PickleOp.BinGet: _stack.Push(Recall(bytes.Byte())); return true;
            case PickleOp.LongBinGet: _stack.Push(Recall(bytes.Number32())); return true;
            default: return false;
        }
    }

    private void Object(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Global: _stack.Push(_calls.Find(bytes.Line(), bytes.Line())); return;
            case PickleOp.StackGlobal: _stack.Push(_stack.Pop(2) is [string module, string name] ? _calls.Find(module, name)
                : throw bytes.Fault("a name is no text")); return;
            case PickleOp.BinPersId: _stack.Push(_calls.Storage(_stack.Pop())); return;
            case PickleOp.Reduce: _stack
                .Push(_stack.Pop(2) is [var callable, var arguments] ? _calls.Call(callable, arguments) : null); return;
            case PickleOp.Build: Build(_stack.Pop()); return;
            default: throw bytes.Fault($"it has the instruction 0x{(byte)op:X2}, which no checkpoint needs");
        }
    }

    private object? Recall(uint index) => _memo.TryGetValue(index, out var value) ? value
        : throw bytes.Fault("it recalls what was never kept");

    private void Append(object?[] values) => (_stack.Top as PickleList ?? throw bytes.Fault("it appends to what is no list"))
        .Items.AddRange(values);

    private void Set(object?[] values)
    {
        if (_stack.Top is not PickleMap map || values.Length % 2 != 0)
            throw bytes.Fault("it fills what is no dictionary");
        for (var i = 0; i < values.Length; i += 2)
            map.Set(values[i], values[i + 1]);
    }

    // PyTorch keeps the modules' versions as a state of the dictionary of tensors, which has no effect.
    private void Build(object? state)
    {
        if (_stack.Top is not PickleMap || state is not PickleMap)
            throw bytes.Fault("it gives a state to what is no dictionary");
    }
}
