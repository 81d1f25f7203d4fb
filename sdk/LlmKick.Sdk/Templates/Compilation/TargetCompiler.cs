using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Turns what is assigned to into delegates.</summary>
internal static class TargetCompiler
{
    public static Action<Frame, object?> Compile(Expression target, Level level) => target switch
    {
        Expression.Name name => Name(name, level),
        Expression.Tuple tuple => Tuple(tuple, level),
        _ => Namespace((Expression.NamespaceReference)target, level),
    };

    /// <summary>Refuses to set an attribute of what is no namespace, before the value is worked out.</summary>
    public static Action<Frame> CheckNamespaces(Expression target, Level level)
    {
        var references = new[] { target }.Concat(target.Descendants()).OfType<Expression.NamespaceReference>()
            .Select(one => Slot(one.Id, level)).Distinct().ToArray();
        return frame =>
        {
            foreach (var (hops, slot) in references)
                AsNamespace(frame.Read(hops, slot));
        };
    }

    private static Action<Frame, object?> Name(Expression.Name name, Level level)
    {
        var slot = level.Function.Declare(level.Symbols.Ref(name.Id));
        if (!level.IsTop)
            return (frame, value) => frame.Slots[slot] = value;
        return (frame, value) => frame.Slots[slot] = frame.Context.Written[name.Id] = value;
    }

    private static Action<Frame, object?> Tuple(Expression.Tuple tuple, Level level)
    {
        var targets = tuple.Items.Select(item => Compile(item, level)).ToArray();
        return (frame, value) =>
        {
            var values = Iteration.Unpack(value, targets.Length);
            for (var i = 0; i < targets.Length; i++)
                targets[i](frame, values[i]);
        };
    }

    private static Action<Frame, object?> Namespace(Expression.NamespaceReference reference, Level level)
    {
        var (hops, slot) = Slot(reference.Id, level);
        return (frame, value) => AsNamespace(frame.Read(hops, slot)).Set(reference.Attribute, value);
    }

    private static NamespaceValue AsNamespace(object? value) =>
        value as NamespaceValue ?? throw PythonError.Runtime("cannot assign attribute on non-namespace object");

    private static (int Hops, int Slot) Slot(string name, Level level) => level.Function.Find(level.Symbols.Ref(name));
}
