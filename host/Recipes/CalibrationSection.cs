using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>Reads the <c>calibration</c> of a recipe, and of variants that have their own over it.</summary>
internal sealed class CalibrationSection
{
    private const string Name = "calibration";
    private static readonly OptionSet Options = OptionSetReader.Read(typeof(CalibrationSpec));

    private readonly OptionBinder binder;
    private readonly Node? node;

    public CalibrationSection(OptionBinder binder, MapNode root)
    {
        (this.binder, node) = (binder, root.Find(Name));
        Common = node is null ? null : binder.Bind(Name, Options, node, node.Place, new BindRules()).FirstOrDefault();
    }

    /// <summary>What the recipe says; null where it says nothing, or something wrong.</summary>
    public BoundOptions? Common { get; }

    /// <summary>Whether an entry has data to look at.</summary>
    public bool IsGivenFor(Entry entry) => node is not null || entry.Calibration is not null;

    /// <summary>The data of an entry: several where it sweeps.</summary>
    public IReadOnlyList<CalibrationUse> Of(Entry entry)
    {
        if (entry.Calibration is null || (node is not null && Common is null))
            return [new CalibrationUse(Common?.Options as CalibrationSpec, null)];
        var own = binder.Bind(Name, Options, Over(entry.Calibration), entry.Calibration.Place, new BindRules(Sweeps: true));
        return [.. own.Select(bound => new CalibrationUse((CalibrationSpec)bound.Options, Only(entry.Calibration, bound)))];
    }

    private static BoundOptions Only(Node own, BoundOptions bound) =>
        bound with { Values = [.. bound.Values.Where(value => (own as MapNode)?.Find(value.Option.Key) is not null)] };

    /// <summary>An entry's map, with what the recipe says where it says nothing.</summary>
    private Node Over(Node own) => (own, node) switch
    {
        (MapNode mine, MapNode common) =>
            mine with { Entries = [.. mine.Entries, .. common.Entries.Where(entry => mine.Find(entry.Key.Text) is null)] },
        _ => own,
    };
}
