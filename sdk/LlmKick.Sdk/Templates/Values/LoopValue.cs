using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>The variable <c>loop</c>: it looks ahead only as far as it is asked to.</summary>
internal sealed class LoopValue : Value
{
    private readonly object? source;
    private readonly Func<object?, int, string>? recurse;
    private readonly int depth;
    private IEnumerator<object?> items;
    private object? next = Missing.Value;
    private object? current = Missing.Value;
    private object? before = Missing.Value;
    private List<object?>? changed;
    private int index = -1;
    private int? length;

    public LoopValue(object? source, IEnumerable<object?> items, Func<object?, int, string>? recurse, int depth)
    {
        (this.source, this.recurse, this.depth) = (source, recurse, depth);
        this.items = items.GetEnumerator();
    }

    public override string TypeName => "LoopContext";

    public override string ObjectName => "jinja2.runtime.LoopContext object";

    public override bool IsCallable => true;

    public override int? Length => length ??= Iteration.FindLength(source) ?? Count();

    public override IEnumerable<object?> Items
    {
        get
        {
            while (MoveNext(out var item))
                yield return new TupleValue([item, this]);
        }
    }

    /// <summary>Goes on to the next item.</summary>
    public bool MoveNext(out object? item)
    {
        item = Peek();
        if (item is Missing)
            return false;
        next = Missing.Value;
        index++;
        (before, current) = (current, item);
        return true;
    }

    public override object? Attribute(string name) => name switch
    {
        "index" => new BigInteger(index + 1),
        "index0" => new BigInteger(index),
        "first" => index == 0,
        "last" => Peek() is Missing,
        "length" => new BigInteger(Length!.Value),
        "revindex" => new BigInteger(Length!.Value - index),
        "revindex0" => new BigInteger(Length!.Value - index - 1),
        "depth" => new BigInteger(depth + 1),
        "depth0" => new BigInteger(depth),
        "previtem" => index == 0 ? Evaluation.Current.Undefined("there is no previous item") : before,
        "nextitem" => Peek() is Missing ? Evaluation.Current.Undefined("there is no next item") : next,
        "cycle" => new FunctionValue(new Signature("LoopContext.cycle(*args)"), a => Cycle((List<object?>)a[0]!), "method"),
        "changed" => new FunctionValue(new Signature("LoopContext.changed(*value)"), a => Changed((List<object?>)a[0]!), "method"),
        _ => Missing.Value,
    };

    public override object? Call(CallArguments arguments, Evaluation run)
    {
        if (recurse is null)
            throw PythonError.Type("The loop must have the 'recursive' marker to be called recursively.");
        return recurse(new Signature("LoopContext.__call__(self, iterable)").Bind(arguments.Prepend(this))[1], depth + 1);
    }

    public override void Represent(StringBuilder text) => text.Append("<LoopContext ").Append(index + 1).Append('/').Append(Length)
        .Append('>');

    private object? Peek()
    {
        if (next is Missing)
            next = items.MoveNext() ? items.Current : Missing.Value;
        return next;
    }

    // What cannot be counted is read to its end.
    private int Count()
    {
        var ahead = next is Missing ? 0 : 1;
        var rest = new List<object?>();
        while (items.MoveNext())
            rest.Add(items.Current);
        items = rest.GetEnumerator();
        return index + 1 + ahead + rest.Count;
    }

    private object? Cycle(List<object?> values) => values.Count == 0 ? throw PythonError.Type("no items for cycling given")
        : values[index % values.Count];

    private bool Changed(List<object?> values)
    {
        if (changed is not null && changed.Count == values.Count
            && changed.Zip(values).All(pair => Comparison.AreEqual(pair.First, pair.Second)))
            return false;
        changed = values;
        return true;
    }
}
