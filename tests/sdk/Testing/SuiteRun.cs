using System.Reflection;

namespace LlmKick.Tests.Testing;

/// <summary>Runs a conformance suite inside a test.</summary>
internal static class SuiteRun
{
    /// <summary>Runs tests, each on a suite of its own.</summary>
    /// <param name="create">Makes a suite.</param>
    /// <param name="prefix">What the tests' names begin with.</param>
    /// <returns>From the names of those that failed to what they said.</returns>
    public static Dictionary<string, string> Failures(Func<object> create, string prefix = "")
    {
        var failures = new Dictionary<string, string>();
        foreach (var method in create().GetType().GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null
            && method.Name.StartsWith(prefix, StringComparison.Ordinal)))
            foreach (var arguments in Rows(method))
                if (Record.ExceptionAsync(() => Run(create(), method, arguments)).GetAwaiter().GetResult() is { } failure
                    && !failure.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
                    failures[method.Name] = failure.Message;
        return failures;
    }

    private static IEnumerable<object?[]> Rows(MethodInfo method) =>
        method.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data).DefaultIfEmpty([]);

    private static async Task Run(object suite, MethodInfo method, object?[] arguments)
    {
        using var folder = suite as IDisposable;
        if (method.Invoke(suite, BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task task)
            await task;
    }
}
