namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>The variables of a function: a template's root, a macro, a block, a recursive loop.</summary>
internal sealed class FunctionScope(FunctionScope? outer)
{
    private readonly Dictionary<string, int> slots = [];

    public FunctionScope? Outer => outer;

    public int Size => slots.Count;

    public int Declare(string variable)
    {
        if (!slots.TryGetValue(variable, out var slot))
            slots[variable] = slot = slots.Count;
        return slot;
    }

    /// <summary>A variable that no name of a template can be.</summary>
    public int DeclareTemporary() => Declare($"t_{slots.Count}");

    /// <summary>Where a variable is: so many functions further out.</summary>
    public (int Hops, int Slot) Find(string variable)
    {
        var hops = 0;
        for (var scope = this; scope is not null; scope = scope.Outer, hops++)
            if (scope.slots.TryGetValue(variable, out var slot))
                return (hops, slot);
        return (0, Declare(variable));
    }
}
