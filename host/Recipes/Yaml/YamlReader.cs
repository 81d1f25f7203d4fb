using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LlmKick.Recipes.Yaml;

/// <summary>Reads one YAML document into nodes that know where they stand, within limits.</summary>
internal sealed class YamlReader
{
    // Recipes nest some eight levels; the reader calls itself for each.
    private const int MaxDepth = 32;
    // Aliases of aliases multiply: a few lines can stand for more values than fit in memory.
    private const int MaxNodes = 100_000;

    private readonly Dictionary<AnchorName, Node> anchors = [];
    private readonly IParser parser;
    private readonly SourceText source;
    private readonly ProblemList problems;
    private readonly Place offset;
    private readonly string text;
    private int nodeCount;

    private YamlReader(string text, Place start, ProblemList problems) =>
        (this.text, parser, source, offset, this.problems) = (text, new Parser(new StringReader(text)), start.Source, start, problems);

    /// <summary>Reads a document.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="start">Where the text's first character stands.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The document's root; null where it cannot be read or is empty.</returns>
    public static Node? Read(string text, Place start, ProblemList problems)
    {
        try
        {
            return new YamlReader(text, start, problems).ReadDocument();
        }
        catch (BlankException exception)
        {
            problems.Add(start with { Line = start.Line + (int)exception.Start.Line - 1,
                Column = start.Column + (int)exception.Start.Column - 1 }, exception.Message);
            return null;
        }
        catch (YamlException exception)
        {
            var (line, column, fault) = Blanks.Near(text, exception.Start) ?? ((int)exception.Start.Line, (int)exception.Start.Column,
                $"{exception.Message.TrimEnd('.')}: mend the YAML here or just before.");
            problems.Add(start with { Line = start.Line + line - 1, Column = start.Column + column - 1 }, fault);
            return null;
        }
    }

    private Node? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
            return null;
        parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            problems.Add(At(second.Start),
                "a second YAML document begins here: a recipe is one document; put the other one into a file of its own.");
        return root;
    }

    private Node ReadNode(int depth)
    {
        var start = parser.Current!.Start;
        Count(start, 1);
        if (depth > MaxDepth)
            throw new YamlException(start, start, $"nesting is deeper than {MaxDepth} levels");
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Expand(alias);
        var head = parser.Require<NodeEvent>();
        if (!head.Tag.IsEmpty && !head.Tag.IsNonSpecific)
            problems.Add(At(start), $"the tag '{head.Tag}' means nothing in a recipe: leave it out.");
        var node = ReadContent(depth);
        if (!head.Anchor.IsEmpty)
            anchors[head.Anchor] = node;
        return node;
    }

    private Node ReadContent(int depth)
    {
        if (parser.TryConsume<SequenceStart>(out var sequence))
            return new ListNode(At(sequence.Start), ReadItems(depth));
        if (parser.TryConsume<MappingStart>(out var mapping))
            return new MapNode(At(mapping.Start), ReadEntries(depth));
        var scalar = parser.Consume<Scalar>();
        if (scalar.Style == ScalarStyle.Plain)
            Blanks.Refuse(text, scalar.Start, scalar.Value);
        return new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private List<Node> ReadItems(int depth)
    {
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return items;
    }

    private List<KeyValuePair<ScalarNode, Node>> ReadEntries(int depth)
    {
        var entries = new List<KeyValuePair<ScalarNode, Node>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not ScalarNode name)
                problems.Add(key.Place, "a list or map stands where a key must be: write a single word.");
            else if (entries.Find(entry => entry.Key.Text == name.Text).Key is { } first)
                problems.Add(key.Place, $"'{name.Text}' is given twice, first in line {first.Place.Line}: keep one.");
            else
                entries.Add(new(name, value));
        }
        return Merged(entries);
    }

    /// <summary>With what <c>&lt;&lt;</c> brings in, a map or a list of maps: what is written beside it counts, then what comes
    /// first.</summary>
    private List<KeyValuePair<ScalarNode, Node>> Merged(List<KeyValuePair<ScalarNode, Node>> entries)
    {
        if (entries.Find(entry => entry.Key is { Text: "<<", IsQuoted: false }) is not { Key: not null } merge)
            return entries;
        entries.Remove(merge);
        foreach (var from in merge.Value is ListNode list ? list.Items : [merge.Value])
            if (from is MapNode map)
                entries.AddRange(map.Entries.Where(entry => !entries.Exists(known => known.Key.Text == entry.Key.Text)).ToList());
            else
                problems.Add(from.Place, "'<<' brings in the keys of a map, and this is none: name a map, such as '<<: *defaults'.");
        return entries;
    }

    // An alias counts with everything it stands for, so that few lines cannot become billions of values. It stands where it is written,
    // and what it brings in where that is.
    private Node Expand(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value, out var node))
            throw new YamlException(alias.Start, alias.End, $"'*{alias.Value}' stands for nothing: define it before with '&{alias.Value}'");
        Count(alias.Start, Size(node));
        return node with { Place = At(alias.Start) };
    }

    private void Count(Mark mark, int nodes)
    {
        nodeCount += nodes;
        if (nodeCount > MaxNodes)
            throw new YamlException(mark, mark, $"the recipe has more than {MaxNodes} values, aliases expanded");
    }

    private static int Size(Node node) => node switch
    {
        ListNode list => 1 + list.Items.Sum(Size),
        MapNode map => 1 + map.Entries.Sum(entry => 1 + Size(entry.Value)),
        _ => 1,
    };

    private Place At(Mark mark) => new(source, offset.Line + (int)mark.Line - 1, offset.Column + (int)mark.Column - 1);
}
