using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>An override of a recipe's value: <c>tasks.perplexity.limit=4</c>, or by position, <c>tasks[0].perplexity.limit=4</c>.</summary>
internal static partial class Override
{
    /// <summary>Puts a value into a recipe.</summary>
    /// <param name="text">The override, <c>path=value</c>; the value is YAML.</param>
    /// <param name="root">The recipe.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void Apply(string text, MapNode root, ProblemList problems)
    {
        var start = new Place(new SourceText($"--set '{text}'", Directory.GetCurrentDirectory()), 1, 1);
        var match = Form().Match(text);
        if (!match.Success)
        {
            problems.Add(start, "an override must be path=value: write keys and names with dots between them and positions in brackets, "
                + "such as tasks.perplexity.limit=4 or tasks[0].perplexity.limit=4.");
            return;
        }
        var valueStart = start with { Column = match.Groups["value"].Index + 1 };
        var before = problems.Count;
        var value = YamlReader.Read(match.Groups["value"].Value, valueStart, problems) ?? new ScalarNode(valueStart, "", false);
        if (problems.Count == before)
            Put(root, match.Groups["step"].Captures, value, start, problems);
    }

    private static void Put(Node node, CaptureCollection steps, Node value, Place start, ProblemList problems)
    {
        for (var i = 0; i < steps.Count && node is not null; i++)
        {
            var place = start with { Column = steps[i].Index + 1 };
            var last = i == steps.Count - 1;
            node = (node, steps[i].Value) switch
            {
                (MapNode map, [not '[', ..] key) => PutKey(map, new ScalarNode(place, key, false), last ? value : null),
                (ListNode list, [not '[', ..] name) => PutNamed(list, new ScalarNode(place, name, false), last ? value : null, problems),
                (ListNode list, ['[', .. var index, ']']) => PutItem(list, index, last ? value : null, place, problems),
                _ => Refuse(node, steps[i].Value, place, problems),
            };
        }
    }

    private static Node PutKey(MapNode map, ScalarNode key, Node? value)
    {
        var index = map.Entries.FindIndex(entry => entry.Key.Text == key.Text);
        if (index >= 0 && value is null && map.Entries[index].Value is not ScalarNode { IsNull: true })
            return map.Entries[index].Value;
        value ??= new MapNode(key.Place, []);
        if (index < 0)
            map.Entries.Add(new(key, value));
        else
            map.Entries[index] = new(key, value);
        return value;
    }

    private static Node PutNamed(ListNode list, ScalarNode name, Node? value, ProblemList problems)
    {
        var names = NamedEntries.Names(list).ToList();
        var positions = names.Where(entry => entry.Name == name.Text).Select(entry => entry.Position).ToList();
        if (positions.Count == 1)
            return PutKey(NamedEntries.Open(list, positions[0], name.Text), name, value);
        problems.Add(name.Place, positions.Count > 1
            ? $"'{name.Text}' stands there {positions.Count} times: write the position of the one you mean, "
                + $"{string.Join(" or ", positions.Distinct().Select(position => $"[{position}]"))}."
            : $"the list has no '{name.Text}'{NearestName.Question(name.Text, names.Select(entry => entry.Name))} It has "
                + $"{string.Join(", ", names.Select(entry => entry.Name).Distinct())}: write one of these, or a position, [0] to "
                + $"[{list.Items.Count - 1}].");
        return null!;
    }

    private static Node PutItem(ListNode list, string index, Node? value, Place place, ProblemList problems)
    {
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position >= list.Items.Count)
        {
            problems.Add(place, $"the list has no item [{index}]: its items are [0] to [{list.Items.Count - 1}].");
            return null!;
        }
        if (value is not null)
            list.Items[position] = value;
        return list.Items[position];
    }

    private static Node Refuse(Node node, string step, Place place, ProblemList problems)
    {
        problems.Add(place, node switch
        {
            MapNode map =>
                $"'{step}' is given where keys are: write one of {string.Join(", ", map.Entries.Select(entry => entry.Key.Text))}.",
            _ => $"'{step}' is given below {OptionBinder.Describe(node)}, which has nothing below it: override that value itself.",
        });
        return null!;
    }

    [GeneratedRegex(@"^(?<step>[^.\[\]=\s]+)(\.(?<step>[^.\[\]=\s]+)|(?<step>\[\d+\]))*=(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex Form();
}
