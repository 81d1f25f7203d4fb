namespace LlmKick.Transformers.Formats;

/// <summary>Files that are not what their makers write.</summary>
internal static class DamagedFile
{
    /// <summary>What helps.</summary>
    public const string Advice = " Download the file again, or write it anew.";
}
