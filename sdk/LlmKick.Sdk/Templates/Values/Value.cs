using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A value of a template that is no none, bool, integer, float or text; those are null, bool, BigInteger, double and
/// string.</summary>
internal abstract class Value
{
    /// <summary>The type's name in Python.</summary>
    public abstract string TypeName { get; }

    /// <summary>How messages call such a value.</summary>
    public virtual string ObjectName => TypeName + " object";

    public virtual bool IsTrue => Length is not 0;

    /// <summary>How many items there are; null where a value has no length.</summary>
    public virtual int? Length => null;

    /// <summary>The items; null where a value has none to go over.</summary>
    public virtual IEnumerable<object?>? Items => null;

    public virtual bool IsCallable => false;

    /// <summary>The item under a key; <see cref="Missing"/> where Python raises a TypeError or a LookupError.</summary>
    public virtual object? Item(object? key) => Missing.Value;

    /// <summary>An attribute; <see cref="Missing"/> where there is none.</summary>
    public virtual object? Attribute(string name) => Missing.Value;

    public virtual object? Call(CallArguments arguments, Evaluation run) => throw PythonError.Type($"'{TypeName}' object is not callable");

    public virtual bool Equals(Value other) => ReferenceEquals(this, other);

    /// <summary>The value's hash as a key, or an error where it cannot be one.</summary>
    public virtual int Hash() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Writes <c>repr</c>.</summary>
    public abstract void Represent(StringBuilder text);

    /// <summary>Writes <c>str</c>.</summary>
    public virtual void Print(StringBuilder text) => Represent(text);
}
