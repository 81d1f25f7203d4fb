using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>What happens to a level's variables when it begins, and when it ends.</summary>
internal sealed class LevelEntry
{
    private readonly (int Slot, LoadKind Kind, string Name, (int Hops, int Slot) From)[] loads;

    public LevelEntry(Level level) => loads = [.. level.Symbols.Loads.Select(load => Load(level, load.Key, load.Value))];

    public void Enter(Frame frame)
    {
        foreach (var (slot, kind, name, from) in loads)
            if (kind != LoadKind.Parameter)
                frame.Slots[slot] = kind switch
                {
                    LoadKind.Resolve => frame.Context.Resolve(name),
                    LoadKind.Alias => frame.Read(from.Hops, from.Slot),
                    _ => Missing.Value,
                };
    }

    public void Leave(Frame frame)
    {
        foreach (var load in loads)
            frame.Slots[load.Slot] = Missing.Value;
    }

    private static (int Slot, LoadKind Kind, string Name, (int Hops, int Slot) From) Load(Level level, string variable,
        (LoadKind Kind, string From) load)
    {
        var from = load.Kind == LoadKind.Alias ? level.Function.Find(load.From) : default;
        return (level.Function.Declare(variable), load.Kind, load.From, from);
    }
}
