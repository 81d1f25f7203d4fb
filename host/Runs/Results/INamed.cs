namespace LlmKick.Runs.Results;

/// <summary>What has a name that JSON keeps as the key of an object.</summary>
/// <typeparam name="T">The type itself.</typeparam>
internal interface INamed<out T>
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The same under a name.</summary>
    T Named(string name);
}
