namespace LlmKick.Plugins;

/// <summary>What a plugin's component is.</summary>
internal enum PluginKind
{
    Model,
    Compressor,
    Task,
    Format,
    Encoding,
    Request,
    ReportSection,
}
