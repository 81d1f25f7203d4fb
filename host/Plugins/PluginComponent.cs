using LlmKick.Options;

namespace LlmKick.Plugins;

/// <summary>One thing that a plugin offers.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in recipes.</param>
/// <param name="Help">One line.</param>
/// <param name="Options">Its options.</param>
/// <param name="Create">Makes an <c>IModelLoader</c>, <c>ICompressor</c> or <c>ITask</c> from a bound options record; of a format its
/// <c>ICheckpointWriter</c>, of a report section the function that makes it, of a kind of request or encoding the action that makes it
/// known.</param>
/// <param name="Plugin">Where it comes from.</param>
internal sealed record PluginComponent(PluginKind Kind, string Name, string Help, OptionSet Options, Func<object, object> Create,
    PluginStatus Plugin);
