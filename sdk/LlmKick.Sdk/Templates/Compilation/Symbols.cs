using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>The names of a level of a template: which variable each is, and what that begins with. After Jinja2's
/// <c>idtracking</c>.</summary>
internal sealed class Symbols(Symbols? parent, int? level = null)
{
    private readonly int level = level ?? (parent is null ? 0 : parent.level + 1);
    private Dictionary<string, string> refs = [];

    /// <summary>What each variable of this level begins with; the text is the name or the variable further out.</summary>
    public Dictionary<string, (LoadKind Kind, string From)> Loads { get; private set; } = [];

    public HashSet<string> Stores { get; private set; } = [];

    public Symbols Inner() => new(this);

    public Symbols Copy() => new(parent, level) { refs = new(refs), Loads = new(Loads), Stores = new(Stores) };

    public (LoadKind Kind, string From)? FindLoad(string variable) => Loads.TryGetValue(variable, out var load) ? load
        : parent?.FindLoad(variable);

    public string Ref(string name) =>
        Find(name) ?? throw new PythonError("AssertionError",
            $"Tried to resolve a name to a reference that was unknown to the frame ({Representation.Quote(name)})");

    public string DeclareParameter(string name)
    {
        Stores.Add(name);
        return Define(name, LoadKind.Parameter);
    }

    public void Load(string name)
    {
        if (Find(name) is null)
            Define(name, LoadKind.Resolve, name);
    }

    public void Store(string name)
    {
        Stores.Add(name);
        if (refs.ContainsKey(name))
            return;
        if (parent?.Find(name) is { } outer)
            Define(name, LoadKind.Alias, outer);
        else
            Define(name, LoadKind.Undefined);
    }

    /// <summary>Takes over what the branches of a condition did.</summary>
    public void Merge(params Symbols[] branches)
    {
        var stored = branches.SelectMany(branch => branch.Stores).Except(Stores).ToList();
        foreach (var branch in branches)
        {
            foreach (var (name, variable) in branch.refs)
                refs[name] = variable;
            foreach (var (variable, load) in branch.Loads)
                Loads[variable] = load;
            Stores.UnionWith(branch.Stores);
        }
        foreach (var name in stored)
            Loads[Ref(name)] = parent?.Find(name) is { } outer ? (LoadKind.Alias, outer) : (LoadKind.Resolve, name);
    }

    /// <summary>Every name that is written here or further out, with its variable.</summary>
    public Dictionary<string, string> AllStores()
    {
        var all = parent?.AllStores() ?? [];
        foreach (var name in Stores)
            all[name] = Ref(name);
        return all;
    }

    private string? Find(string name) => refs.TryGetValue(name, out var variable) ? variable : parent?.Find(name);

    private string Define(string name, LoadKind kind, string from = "")
    {
        var variable = $"l_{level}_{name}";
        refs[name] = variable;
        Loads[variable] = (kind, from);
        return variable;
    }
}
