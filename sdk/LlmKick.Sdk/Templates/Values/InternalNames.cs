namespace LlmKick.Sdk.Templates.Values;

/// <summary>Python's names between double underscores: they are there, and out of reach.</summary>
internal static class InternalNames
{
    private static readonly HashSet<string> Objects =
    [
        "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__", "__getstate__", "__gt__",
        "__hash__", "__init__",
        "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__", "__reduce__", "__reduce_ex__", "__repr__", "__setattr__",
        "__sizeof__", "__str__", "__subclasshook__",
    ];

    private static readonly HashSet<string> Containers = ["__contains__", "__getitem__", "__iter__", "__len__"];

    private static readonly HashSet<string> Sequences = ["__add__", "__mul__", "__rmul__"];

    private static readonly HashSet<string> Changeable =
        ["__setitem__", "__delitem__", "__reversed__", "__ior__", "__or__", "__iadd__", "__imul__", "__class_getitem__"];

    public static bool Has(object? value, string name) =>
        Objects.Contains(name)
            || (Containers.Contains(name) && value is string or MarkupValue or SequenceValue or DictValue or RangeValue or BytesValue)
            || (Sequences.Contains(name) && value is string or MarkupValue or SequenceValue or BytesValue)
            || (Changeable.Contains(name) && value is ListValue or DictValue)
            || (name is "__mod__" or "__rmod__" && value is string or MarkupValue)
            || (name is "__call__" or "__name__" or "__qualname__" or "__self__" or "__module__" or "__globals__" or "__code__"
                && value is FunctionValue);
}
