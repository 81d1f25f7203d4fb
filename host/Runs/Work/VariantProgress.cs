using LlmKick.Sdk;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Passes on how far a variant's work has come, on the thread that does it.</summary>
internal sealed class VariantProgress(IRunDisplay display, string variant) : IProgress<ProgressUpdate>
{
    public void Report(ProgressUpdate value)
    {
        display.Show(variant, value);
        Failpoint.Pass("progress-" + value.Stage);
    }
}
