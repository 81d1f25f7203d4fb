namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>What can be assigned to.</summary>
internal static class Targets
{
    /// <summary>The expression with its names as ones that are written.</summary>
    public static Expression Of(Expression expression, NameUse use) => expression switch
    {
        Expression.Name name => new Expression.Name(name.Id, use, name.Line),
        Expression.Tuple tuple => new Expression.Tuple([.. tuple.Items.Select(item => Of(item, use))], tuple.Line),
        _ => expression,
    };

    public static bool CanAssign(Expression target) => target switch
    {
        Expression.Name name => name.Id is not ("true" or "false" or "none" or "True" or "False" or "None"),
        Expression.Tuple tuple => tuple.Items.All(CanAssign),
        _ => target is Expression.NamespaceReference,
    };

    /// <summary>The names that are written.</summary>
    public static IEnumerable<string> Names(Expression target) => target switch
    {
        Expression.Name name => [name.Id],
        Expression.Tuple tuple => tuple.Items.SelectMany(Names),
        _ => [],
    };
}
