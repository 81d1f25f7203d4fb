namespace LlmKick.Recipes.Binding;

/// <summary>Combines choices.</summary>
internal static class CartesianProduct
{
    /// <summary>Every way to take one of each, the first varying slowest.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<IReadOnlyList<T>> choices)
    {
        IEnumerable<IReadOnlyList<T>> products = [[]];
        foreach (var choice in choices)
            products = products.SelectMany(_ => choice, (product, item) => (IReadOnlyList<T>)[.. product, item]);
        return products;
    }
}
