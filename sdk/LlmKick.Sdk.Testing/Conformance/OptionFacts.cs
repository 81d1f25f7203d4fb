using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Options;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>One option of an options record, as recipes see it.</summary>
internal sealed record OptionFacts(PropertyInfo Property, OptionAttribute Attribute, Type ElementType)
{
    private static readonly Type[] Numbers = [typeof(int), typeof(long), typeof(double)];

    public string Key => JsonNamingPolicy.SnakeCaseLower.ConvertName(Property.Name);

    public bool IsNumber => Numbers.Contains(ElementType);

    /// <summary>The ends of the range that are declared.</summary>
    public IEnumerable<object> Ends => new[] { Attribute.Min, Attribute.Max }.Where(double.IsFinite).Select(Value);

    /// <summary>The nearest values outside the range.</summary>
    public IEnumerable<object> Outside
    {
        get
        {
            if (double.IsFinite(Attribute.Min))
                yield return ElementType == typeof(double) ? Math.BitDecrement(Attribute.Min) : Value(Attribute.Min - 1);
            if (double.IsFinite(Attribute.Max))
                yield return ElementType == typeof(double) ? Math.BitIncrement(Attribute.Max) : Value(Attribute.Max + 1);
        }
    }

    public static IEnumerable<OptionFacts> Of(Type options) =>
        from property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let attribute = property.GetCustomAttribute<OptionAttribute>()
        where attribute is not null
        select new OptionFacts(property, attribute, Element(property.PropertyType));

    /// <summary>What is wrong with an options type's declarations, property by property.</summary>
    public static IEnumerable<(string Property, string Fault)> Faults(Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.SetMethod is { IsPublic: true } && !property.IsDefined(typeof(OptionAttribute)))
                yield return (property.Name,
                    "can be set but has no [Option], so that no recipe can give it: describe it, or give it no setter.");
        foreach (var option in Of(options))
            foreach (var fault in option.Faults())
                yield return (option.Property.Name, fault);
    }

    /// <summary>What would be refused of these options.</summary>
    public static IEnumerable<string> WrongValues(object options)
    {
        foreach (var option in Of(options.GetType()))
            foreach (var value in option.Values(options).Where(value => !option.Attribute.Accepts(value)))
                yield return $"{option.Key}: {value} is out of range.";
        foreach (var fault in (options as IValidatedOptions)?.Validate() ?? [])
            yield return $"{fault.Key}: {fault.Message}";
    }

    /// <summary>The values that an option has: none where it is null, several where it is a list.</summary>
    public IEnumerable<object> Values(object options) => Property.GetValue(options) switch
    {
        null => [],
        string text => [text],
        JsonNode => [],
        IEnumerable list => list.Cast<object>(),
        var value => [value],
    };

    /// <summary>Whatever is in range may be given together with anything, so that <c>Validate</c> must say faults, not throw.</summary>
    public void TryOut(object value)
    {
        var options = Activator.CreateInstance(Property.ReflectedType!)!;
        Property.SetValue(options, Property.PropertyType.IsGenericType
            && Property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? ListOf(value) : value);
        var failure = Record.Exception(() => (options as IValidatedOptions)?.Validate().ToList());
        Assert.True(failure is null, $"Validate throws where '{Key}' is {value} ({failure?.Message}): return a fault for each thing that "
            + $"is wrong, and throw nothing.");
    }

    /// <summary>A copy of options with one value changed.</summary>
    public object With(object options, object value)
    {
        var copy = Activator.CreateInstance(options.GetType())!;
        foreach (var option in Of(options.GetType()))
            option.Property.SetValue(copy, option.Property.GetValue(options));
        Property.SetValue(copy, value);
        return copy;
    }

    private Array ListOf(object value)
    {
        var list = Array.CreateInstance(ElementType, 1);
        list.SetValue(value, 0);
        return list;
    }

    private object Value(double number) => Convert.ChangeType(number, ElementType, System.Globalization.CultureInfo.InvariantCulture);

    private IEnumerable<string> Faults()
    {
        if (Property.SetMethod is not { IsPublic: true })
            yield return "has no public init accessor, so that no recipe can give it: add 'init'.";
        foreach (var (property, fault) in IsRecord ? Faults(ElementType) : [])
            yield return $"has {property}, which {fault}";
        if (!IsRecord && ElementType != typeof(JsonObject) && !ElementType.IsEnum && !IsNumber && ElementType != typeof(bool)
            && ElementType != typeof(string) && !IsParsable(ElementType))
            yield return $"is of the type {ElementType.Name}, which recipes cannot give: use bool, int, long, double, string, an enum, an "
                + $"IParsable, an IReadOnlyList of one, a record of options, or a JsonObject.";
        if (!IsNumber && (!double.IsInfinity(Attribute.Min) || !double.IsInfinity(Attribute.Max)))
            yield return "declares Min or Max but is no number, so that nothing checks it: check it in IValidatedOptions.Validate.";
        if (!(Attribute.Min <= Attribute.Max))
            yield return $"has the range {Attribute.Min} … {Attribute.Max}, which holds nothing: Min must not be above Max.";
        if ((Attribute.IsPath || Attribute.Choices is not null) && ElementType != typeof(string))
            yield return "declares IsPath or Choices but is no string: make it one; an enum says its own choices.";
        if (Attribute.PathKind != PathKind.Any && !Attribute.IsPath)
            yield return "declares a PathKind but no IsPath, so that nothing checks it: add IsPath = true.";
        if (Attribute.Layout is not null && !Attribute.IsPath)
            yield return "declares a Layout but no IsPath, so that nothing reads it: add IsPath = true.";
    }

    private static Type Element(Type type)
    {
        var element = type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : type;
        return Nullable.GetUnderlyingType(element) ?? element;
    }

    private bool IsRecord => ElementType.IsClass && Of(ElementType).Any();

    private static bool IsParsable(Type type) => type.GetInterfaces()
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>));
}
