using System.Text.RegularExpressions;
using LlmKick.Sdk.Testing.Numbers;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every component of a plugin must hold to: its name, its descriptions, its options.</summary>
/// <typeparam name="TPlugin">The plugin that offers it.</typeparam>
public abstract partial class ComponentConformance<TPlugin> where TPlugin : IPlugin, new()
{
    private static readonly IReadOnlyList<OfferedComponent> Offered = RecordingRegistry.Of<TPlugin>();
    private readonly ComponentKind _kind;

    /// <summary>Creates the suite.</summary>
    /// <param name="kind">What the component is.</param>
    protected ComponentConformance(ComponentKind kind) => _kind = kind;

    /// <summary>The component's name in recipes, as the plugin registers it.</summary>
    protected abstract string Name { get; }

    /// <summary>The tested component, as the plugin registers it.</summary>
    protected OfferedComponent Component => Offered.FirstOrDefault(component => component.Kind == _kind && component.Name == Name)
        ?? throw new InvalidOperationException($"{typeof(TPlugin).Name} registers no {Word} '{Name}', only "
            + $"{string.Join(", ", Offered.Select(c => c.Name))}. Register it, or mend Name in the test.");

    private string Word => _kind.ToString().ToLowerInvariant();

    /// <summary>The plugin is the one public <see cref="IPlugin"/> of its assembly, so that the host finds it.</summary>
    [Fact]
    public void Plugin_Assembly_HasThisOnePublicEntryPoint()
    {
        var entries = typeof(TPlugin).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IPlugin)) && type is { IsAbstract: false, IsInterface: false });
        Assert.True(typeof(TPlugin).IsPublic, $"{typeof(TPlugin).Name} is not public: the host creates it, so make it so.");
        Assert.True(entries.Count() == 1, $"{string.Join(", ", entries.Select(type => type.Name))} all implement IPlugin: keep one in the "
            + $"assembly, it can register everything.");
    }

    /// <summary>Every number that the plugin hands to libtorch is held until libtorch has read it.</summary>
    [Fact]
    public void Plugin_Numbers_AreHeld()
    {
        var unheld = UnheldNumbers.In(typeof(TPlugin).Assembly.Location);
        Assert.True(unheld.Count == 0, $"{string.Join("\n", unheld)}\nA collection on another thread frees such a number before libtorch "
            + $"reads it: make it with Number.Of, and add with left.add(right, Number.One).");
    }

    /// <summary>The name is one that recipes can give, and taken once.</summary>
    [Fact]
    public void Register_Name_IsValidAndUnique()
    {
        Assert.True(NamePattern().IsMatch(Component.Name),
            $"'{Name}' is no name for recipes: use lower case letters, digits, hyphens and underscores, a letter first.");
        Assert.True(Offered.Count(other => other.Kind == _kind && other.Name == Name) == 1,
            $"The {Word} '{Name}' is registered more than once: give each a name of its own.");
    }

    /// <summary>The component and each of its options say in a line what they are.</summary>
    [Fact]
    public void Register_Descriptions_AreThere()
    {
        RequireLine(Component.Help, $"The {Word} '{Name}'", "the help of its registration");
        foreach (var option in OptionFacts.Of(Component.OptionsType))
            RequireLine(option.Attribute.Help, $"The option '{option.Key}'", "the help of its [Option]");
    }

    /// <summary>Recipes can give every option: its type is one that can be written, and what is declared of it is enforced.</summary>
    [Fact]
    public void Options_Declarations_CanBeGivenAndEnforced()
    {
        foreach (var (property, fault) in OptionFacts.Faults(Component.OptionsType))
            Assert.Fail($"{Component.OptionsType.Name}.{property}: {fault}");
    }

    /// <summary>Every default that there is lies in its option's declared range.</summary>
    [Fact]
    public void Options_Defaults_AreInRange()
    {
        var defaults = Activator.CreateInstance(Component.OptionsType)!;
        foreach (var option in OptionFacts.Of(Component.OptionsType))
            Assert.True(option.Attribute.Required || option.Values(defaults).All(option.Attribute.Accepts),
                $"The default of '{option.Key}' is outside what its [Option] allows: change one of them.");
    }

    /// <summary>The ends of every declared range are accepted, what lies outside is refused, and no value breaks <c>Validate</c>.</summary>
    [Fact]
    public void Options_Ranges_AreRefusedOutsideAndHoldAtTheirEnds()
    {
        foreach (var option in OptionFacts.Of(Component.OptionsType).Where(option => option.IsNumber))
        {
            foreach (var value in option.Ends)
            {
                Assert.True(option.Attribute.Accepts(value), $"'{option.Key}' does not accept {value}, the end of its own range: the "
                    + $"range's end must be a value that its type can hold.");
                option.TryOut(value);
            }
            foreach (var value in option.Outside)
                Assert.False(option.Attribute.Accepts(value),
                    $"'{option.Key}' accepts {value}, which is outside its range: mend Min and Max of its [Option].");
        }
    }

    /// <summary>Makes the component.</summary>
    /// <param name="options">Options of the registered type.</param>
    private protected object Create(object options)
    {
        Assert.True(Component.OptionsType.IsInstanceOfType(options),
            $"'{Name}' takes {Component.OptionsType.Name}, but the test gives {options.GetType().Name}.");
        var fault = OptionFacts.WrongValues(options).FirstOrDefault();
        Assert.True(fault is null, $"The test's options for '{Name}' would be refused: {fault}");
        return Component.Create(options) ?? throw new InvalidOperationException($"The factory of '{Name}' gives null: return the {Word}.");
    }

    private static void RequireLine(string? text, string what, string where)
    {
        Assert.False(string.IsNullOrWhiteSpace(text), $"{what} has no description: give {where} a sentence for 'llmkick list'.");
        Assert.False(text.Any(char.IsControl),
            $"The description of {what} has a line break or another control character: keep {where} one line.");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex NamePattern();
}
