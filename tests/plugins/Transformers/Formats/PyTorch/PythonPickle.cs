namespace LlmKick.Tests.Transformers.Formats.PyTorch;

/// <summary>A checkpoint by Python's own pickle: modules with torch's names stand in for it, since only names go into the file.</summary>
internal static class PythonPickle
{
    public const string Script = """
        import collections, pickle, struct, sys, types, zipfile

        torch, utils = types.ModuleType('torch'), types.ModuleType('torch._utils')
        sys.modules.update({'torch': torch, 'torch._utils': utils})

        def make(module, name):
            made = type(name, (), {'__module__': module.__name__})
            setattr(module, name, made)
            return made

        def _rebuild_tensor_v2(*arguments): pass
        _rebuild_tensor_v2.__module__ = 'torch._utils'
        utils._rebuild_tensor_v2 = _rebuild_tensor_v2
        Float, Long = make(torch, 'FloatStorage'), make(torch, 'LongStorage')

        class Storage:
            def __init__(self, kind, key, count): self.id = ('storage', kind, key, 'cpu', count)

        class Tensor:
            def __init__(self, storage, shape, stride): self.arguments = (storage, 0, shape, stride, False, collections.OrderedDict())
            def __reduce_ex__(self, protocol): return (_rebuild_tensor_v2, self.arguments)

        class Pickler(pickle.Pickler):
            def persistent_id(self, value): return value.id if isinstance(value, Storage) else None

        tensors = collections.OrderedDict()
        tensors['model.a'] = Tensor(Storage(Float, '0', 6), (2, 3), (3, 1))
        tensors['model.b'] = Tensor(Storage(Long, '1', 2), (2,), (1,))
        tensors._metadata = collections.OrderedDict([('', {'version': 1})])
        with zipfile.ZipFile('pytorch_model.bin', 'w') as archive:
            import io
            content = io.BytesIO()
            Pickler(content, protocol=2).dump(tensors)
            archive.writestr('model/data.pkl', content.getvalue())
            archive.writestr('model/data/0', struct.pack('<6f', 1, 2, 3, 4, 5, 6))
            archive.writestr('model/data/1', struct.pack('<2q', 7, 8))
        """;
}
