using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>What a template was given, and what its top level has written.</summary>
internal sealed class TemplateContext(IReadOnlyDictionary<string, object?> given, IReadOnlyDictionary<string, BlockCode> blocks)
{
    public IReadOnlyDictionary<string, BlockCode> Blocks => blocks;

    public Dictionary<string, object?> Written { get; } = [];

    public object? Resolve(string name) =>
        Written.TryGetValue(name, out var value) || given.TryGetValue(name, out value) ? value : Missing.Value;

    public TemplateContext Derived(IEnumerable<(string Name, object? Value)> locals)
    {
        var all = new Dictionary<string, object?>(given);
        foreach (var (name, value) in Written)
            all[name] = value;
        foreach (var (name, value) in locals)
            if (value != Missing.Value)
                all[name] = value;
        return new TemplateContext(all, blocks);
    }
}
