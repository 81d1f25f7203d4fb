using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Options;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes.Binding;

/// <summary>Reads the value of one option, and checks it by the option's facts.</summary>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="files">Where files may be.</param>
internal sealed class ValueReader(ProblemList problems, FilePlaces files)
{
    /// <summary>Reads a value.</summary>
    /// <returns>The value; several where it sweeps; none where it is wrong.</returns>
    public IReadOnlyList<OptionValue> Read(OptionDescription option, Node node, BindRules rules)
    {
        var sweeps = rules.Sweeps && node is ListNode { Items: var items }
            && (!option.IsList || (items.Count > 0 && items.TrueForAll(item => item is ListNode)));
        if (!sweeps)
            return [.. ReadOne(option, node, rules, false)];
        if (((ListNode)node).Items.Count == 0)
            problems.Add(node.Place, $"{option.Key}: the list is empty: give at least one value.");
        return [.. ((ListNode)node).Items.SelectMany(item => ReadOne(option, item, rules, true))];
    }

    private IEnumerable<OptionValue> ReadOne(OptionDescription option, Node node, BindRules rules, bool swept)
    {
        if (node is ScalarNode { IsNull: true })
            return ReadNull(option, node, swept);
        if (option.IsList)
            return ReadList(option, node, rules, swept);
        if (option.Inner is not null || option.IsMap)
            return new InnerReader(problems, files).Read(option, node, swept);
        return ReadScalar(option, node, rules) is { } value ? [new OptionValue(option, value.Bound, value.Given, swept)] : [];
    }

    private IEnumerable<OptionValue> ReadNull(OptionDescription option, Node node, bool swept)
    {
        if (Nullable.GetUnderlyingType(option.Property.PropertyType) is not null
            || (option is { Default: null, Facts.Required: false } && (option.Inner is not null || option.IsMap)))
            return [new OptionValue(option, null, null, swept)];
        problems.Add(node.Place, $"{option.Key}: no value is given: write {Wanted(option)}, or leave '{option.Key}' out.");
        return [];
    }

    private IEnumerable<OptionValue> ReadList(OptionDescription option, Node node, BindRules rules, bool swept)
    {
        if (node is not ListNode list)
        {
            problems.Add(node.Place, $"{option.Key}: {OptionBinder.Describe(node)} is not "
                + (option.Key == SeedCount.Key ? $"how many there are, a whole number from 1 to {SeedCount.Most}, nor a list: write one of "
                    + $"these, such as 3 or [4, 5]." : $"a list: write [ … ], each item {Wanted(option)}."));
            return [];
        }
        var items = list.Items.Select(item => ReadScalar(option, item, rules)).OfType<(object Bound, JsonNode Given)>().ToList();
        var array = Array.CreateInstance(option.Property.PropertyType.GetGenericArguments()[0], items.Count);
        for (var i = 0; i < items.Count; i++)
            array.SetValue(items[i].Bound, i);
        return [new OptionValue(option, array, new JsonArray([.. items.Select(item => item.Given)]), swept)];
    }

    private (object Bound, JsonNode Given)? ReadScalar(OptionDescription option, Node node, BindRules rules)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return Wrong(option, node, $"is not {Wanted(option)}: write a single value.");
        if (scalar.IsQuoted && option.ElementType.IsPrimitive)
            return Wrong(option, node, $"is text, being in quotes: write {Wanted(option)} without them.");
        if (option.ElementType is { IsEnum: false } type && type != typeof(string) && type != typeof(bool)
            && OptionScalar.WithoutLeadingZeros(scalar.Text) is { } number)
            return Wrong(option, node, $"begins with a zero, which readers of YAML take differently (010 is 8 to some): write {number}.");
        if (!OptionScalar.TryParse(scalar.Text, option.ElementType, out var value, out var wanted))
            return Wrong(option, node, Unreadable(option, scalar, wanted));
        if (!option.Facts.Accepts(value))
            return Wrong(option, node, value is string ? Unreadable(option, scalar, "") : $"is out of range: write {Wanted(option)}.");
        return option.Facts.IsPath ? ReadPath(option, scalar, rules) : (value, OptionJson.Value(value)!);
    }

    private static string Unreadable(OptionDescription option, ScalarNode scalar, string wanted) => OptionJson.Choices(option) switch
    {
        { } choices => $"is not one of {string.Join(", ", choices)}{NearestName.Question(scalar.Text, choices)}",
        null when OptionWords.IsPlain(option.ElementType) => $"is not {Wanted(option)}: write one.",
        null => $"cannot be read: {wanted}.",
    };

    private (object Bound, JsonNode Given)? ReadPath(OptionDescription option, ScalarNode scalar, BindRules rules)
    {
        if (scalar.Text == option.Facts.Word)
            return (scalar.Text, scalar.Text);
        if (option.Facts.OrName && LocalPath.LooksLikeName(scalar.Text))
            return (scalar.Text, scalar.Text);
        if (rules.Addresses && RemoteAddress.Is(scalar.Text))
            return ReadAddress(option, scalar, scalar.Text, rules);
        var path = LocalPath.Resolve(scalar);
        if (Path.Exists(path))
            return !files.MayBeMissing && OtherKind(option.Facts.PathKind, path) is { } fault ? Wrong(option, scalar, fault)
                : (path, scalar.Text);
        if (option.Facts.PathKind == PathKind.Files && FileSet.Exists(path))
            return (path, scalar.Text);
        if (rules.HubNames && RemoteAddress.IsModelName(scalar.Text))
            return ReadAddress(option, scalar, scalar.Text, rules);
        if (option.Facts.Layout is { } layout && NamedData.Find(scalar.Text) is { } named)
            return named.Layout == layout ? ReadAddress(option, scalar, named.Address, rules)
                : Wrong(option, scalar, $"is a data set with rows that '{option.Key}' does not read.{NamedData.Known(option.Facts)}");
        if (files.MayBeMissing)
            return (path, scalar.Text);
        if (rules.HubNames && RemoteAddress.NameFault(scalar.Text, scalar.Place.Source.Folder) is { } nameFault)
            return Wrong(option, scalar, nameFault);
        return Wrong(option, scalar, $"does not exist: put the "
            + $"{(option.Facts.PathKind == PathKind.Any ? "file or folder" : OptionScalar.Format(option.Facts.PathKind))} at '{path}', or "
            + $"name another{NearestName.Question(scalar.Text, NamedData.For(option.Facts.Layout).Select(data => data.Name))}"
            + NamedData.Known(option.Facts));
    }

    /// <summary>What stands elsewhere: its place on this machine, or one where nothing is yet.</summary>
    private (object Bound, JsonNode Given)? ReadAddress(OptionDescription option, ScalarNode scalar, string text,
        BindRules rules)
    {
        RemoteAddress address;
        try
        {
            address = RemoteAddress.Parse(text, rules.HubNames ? HubKind.Model : HubKind.Dataset);
        }
        catch (LlmKickException fault)
        {
            return Wrong(option, scalar, fault.Message);
        }
        if (files.Remote is not { } remote)
            return (scalar.Text, scalar.Text);
        if (files.MayBeMissing)
            return (Find(remote, address) ?? scalar.Text, scalar.Text);
        var use = new AddressUse(address, scalar.Place, $"{option.Key}: {OptionBinder.Describe(scalar)}");
        files.Addresses.Add(use);
        try
        {
            var path = Several(option, address, remote.Of(address));
            return Path.Exists(path) && OtherKind(option.Facts.PathKind, path) is { } fault ? Wrong(option, scalar, fault)
                : (path, scalar.Text);
        }
        catch (LlmKickException fault)
        {
            problems.Add(use.Problem(fault.Message));
            return null;
        }
    }

    private static string? Find(RemotePlaces remote, RemoteAddress address)
    {
        try
        {
            return remote.Find(address);
        }
        catch (LlmKickException)
        {
            return null; // what was fetched once is not here
        }
    }

    /// <summary>Of a pattern's folder only the pattern's files are meant: others may have been fetched into it.</summary>
    private static string Several(OptionDescription option, RemoteAddress address, string path) =>
        option.Facts.PathKind == PathKind.Files && address is HubAddress { Inner: null } hub && Directory.Exists(path)
        && Path.GetFileName(hub.Path) is var name && FileSet.Exists(Path.Combine(path, name)) ? Path.Combine(path, name) : path;

    private static string? OtherKind(PathKind wanted, string path) => (wanted, Directory.Exists(path)) switch
    {
        (PathKind.File, true) => "is a folder: name a file, such as one in it.",
        (PathKind.Folder, false) => "is a file: name a folder, such as the one that it is in.",
        _ => null,
    };

    private (object Bound, JsonNode Given)? Wrong(OptionDescription option, Node node, string fault)
    {
        problems.Add(node.Place, $"{option.Key}: {OptionBinder.Describe(node)} {fault}");
        return null;
    }

    private static string Wanted(OptionDescription option) => OptionWords.Wanted(option);
}
