namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Sees to it that wrong input is answered by one sentence that a user can act on.</summary>
internal static class Refusal
{
    /// <summary>Runs what must be refused.</summary>
    /// <param name="act">The work.</param>
    /// <param name="input">What was given.</param>
    /// <param name="named">What the message must name.</param>
    public static async Task RequireAsync(Func<Task> act, string input, params IEnumerable<string> named)
    {
        var failure = await Record.ExceptionAsync(act).ConfigureAwait(false);
        Assert.True(failure is not null,
            $"{input}: no error came. Check for it, and throw an LlmKickException that says what was given, what is wrong and what to do.");
        Check(failure, input);
        foreach (var name in named)
            Assert.True(failure.Message.Contains(name, StringComparison.OrdinalIgnoreCase),
                $"{input}: the error does not name '{name}', so that nobody finds the place: '{failure.Message}'");
    }

    /// <summary>Runs what may be refused or done.</summary>
    /// <returns>Whether it was done.</returns>
    public static async Task<bool> AllowAsync(Func<Task> act, string input)
    {
        var failure = await Record.ExceptionAsync(act).ConfigureAwait(false);
        if (failure is not null)
            Check(failure, input);
        return failure is null;
    }

    /// <inheritdoc cref="RequireAsync"/>
    public static void Require(Action act, string input, params IEnumerable<string> named) => RequireAsync(() => Now(act), input, named)
        .GetAwaiter().GetResult();

    /// <inheritdoc cref="AllowAsync"/>
    public static bool Allow(Action act, string input) => AllowAsync(() => Now(act), input).GetAwaiter().GetResult();

    private static void Check(Exception failure, string input)
    {
        Assert.True(failure is LlmKickException,
            $"{input}: {failure.GetType().Name} came out ({failure.Message}), which users see as a crash. Check for it, and throw an "
                + $"LlmKickException that says what was given, what is wrong and what to do.");
        Assert.False(string.IsNullOrWhiteSpace(failure.Message),
            $"{input}: the LlmKickException has no message: say what was given, what is wrong and what to do.");
    }

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
