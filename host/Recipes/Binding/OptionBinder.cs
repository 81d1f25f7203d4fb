using LlmKick.Options;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes.Binding;

/// <summary>Makes options records of maps, and finds everything that is wrong with them.</summary>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="files">Where files may be.</param>
internal sealed class OptionBinder(ProblemList problems, FilePlaces files)
{
    // More is a slip of the keyboard: every setting is a variant of its own.
    private const int MaxCombinations = 1000;

    private readonly ValueReader values = new(problems, files);

    /// <summary>Binds a map: one record, or several where it sweeps.</summary>
    /// <param name="owner">What the options belong to, for messages.</param>
    /// <param name="set">The options.</param>
    /// <param name="node">The map; null or an empty scalar for defaults.</param>
    /// <param name="place">Where the owner stands.</param>
    /// <param name="rules">What may be given.</param>
    /// <returns>The records; none where something is wrong.</returns>
    public IReadOnlyList<BoundOptions> Bind(string owner, OptionSet set, Node? node, Place place, BindRules rules)
    {
        var before = problems.Count;
        if (node is null or ScalarNode { IsNull: true })
            node = new MapNode(place, []);
        if (node is not MapNode map)
        {
            problems.Add(node.Place, $"{owner}: {Describe(node)} is given where options must be: write 'key: value' pairs.");
            return [];
        }
        CheckKeys(owner, set, map, rules);
        CheckRequired(owner, set, map, place);
        var choices = map.Entries.Select(entry => (entry, option: set.Options.FirstOrDefault(option => option.Key == entry.Key.Text)))
            .Where(pair => pair.option is not null)
            .Select(pair => values.Read(pair.option!, pair.entry.Value, rules)).ToList();
        if (choices.Aggregate(1L, (count, choice) => Math.Min(count * choice.Count, int.MaxValue)) > MaxCombinations)
            problems.Add(place, $"{owner}: the lists combine to more than {MaxCombinations} settings: sweep fewer values.");
        return problems.Count > before ? [] : Create(owner, set, choices, map, place);
    }

    private List<BoundOptions> Create(string owner, OptionSet set, IReadOnlyList<IReadOnlyList<OptionValue>> choices, MapNode map,
        Place place)
    {
        var before = problems.Count;
        var all = CartesianProduct.Of(choices).Select(given => Create(set, given)).ToList();
        foreach (var bound in all.Where(bound => bound.Options is IValidatedOptions))
            foreach (var fault in ((IValidatedOptions)bound.Options).Validate())
                problems.Add(map.Find(fault.Key)?.Place ?? place, $"{owner}: {fault.Key}: {fault.Message.TrimEnd('.')}.");
        return problems.Count > before ? [] : all;
    }

    private static BoundOptions Create(OptionSet set, IReadOnlyList<OptionValue> given)
    {
        var options = Activator.CreateInstance(set.Type)!;
        foreach (var value in given)
            value.Option.Property.SetValue(options, value.Value);
        return new BoundOptions(options, [.. set.Options.SelectMany(option => given.Where(value => value.Option == option))]);
    }

    private void CheckKeys(string owner, OptionSet set, MapNode map, BindRules rules)
    {
        List<string> known = [.. set.Options.Select(option => option.Key), .. rules.OtherKeys];
        foreach (var (key, _) in map.Entries.Where(entry => !known.Contains(entry.Key.Text)))
            problems.Add(key.Place, $"{owner}: '{key.Text}' is not known here{NearestName.Question(key.Text, known)} {KnownKeys(known)}");
    }

    private static string KnownKeys(List<string> known) =>
        known.Count == 0 ? "It has no options." : $"Known: {string.Join(", ", known)}.";

    private void CheckRequired(string owner, OptionSet set, MapNode map, Place place)
    {
        foreach (var option in set.Options.Where(option => option.Facts.Required && map.Find(option.Key) is null))
            problems.Add(place, $"{owner}: '{option.Key}' is missing: give it ({option.Facts.Help.TrimEnd('.')}).");
    }

    /// <summary>A node in words.</summary>
    public static string Describe(Node node) => node switch
    {
        ScalarNode { IsNull: true } => "nothing",
        ScalarNode scalar => $"'{scalar.Text}'",
        ListNode => "a list",
        _ => "a map",
    };
}
