using System.Text.Json.Nodes;
using LlmKick.Options;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes.Binding;

/// <summary>Reads the value of an option that is a record of options, or a map of anything.</summary>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="files">Where files may be.</param>
internal sealed class InnerReader(ProblemList problems, FilePlaces files)
{
    /// <summary>Reads a value.</summary>
    /// <returns>The value; none where it is wrong.</returns>
    public IEnumerable<OptionValue> Read(OptionDescription option, Node node, bool swept) => (node, option.Inner) switch
    {
        (MapNode map, null) => [new OptionValue(option, NodeJson.Of(map), NodeJson.Of(map), swept)],
        (MapNode, { } inner) => ReadRecord(option, inner, node, swept),
        (ScalarNode scalar, { Alone: { } alone }) => ReadAlone(option, alone, scalar, swept),
        _ => Wrong(option, node),
    };

    private IEnumerable<OptionValue> ReadRecord(OptionDescription option, OptionSet inner, Node node, bool swept) =>
        new OptionBinder(problems, files).Bind(option.Key, inner, node, node.Place, new BindRules())
            .Select(bound => new OptionValue(option, bound.Options, bound.Given, swept));

    private IEnumerable<OptionValue> ReadAlone(OptionDescription option, OptionDescription alone, ScalarNode scalar, bool swept)
    {
        var map = new MapNode(scalar.Place, [new(new ScalarNode(scalar.Place, alone.Key, false), scalar)]);
        return ReadRecord(option, option.Inner!, map, swept).Select(value => value with { Given = JsonValue.Create(scalar.Text) });
    }

    private IEnumerable<OptionValue> Wrong(OptionDescription option, Node node)
    {
        problems.Add(node.Place,
            $"{option.Key}: {OptionBinder.Describe(node)} is not {OptionWords.Wanted(option)}: write {{ key: value }}.");
        return [];
    }
}
