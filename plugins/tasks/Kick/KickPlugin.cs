using LlmKick.Kick.FreebaseQa;
using LlmKick.Kick.Mmlu;
using LlmKick.Sdk;

namespace LlmKick.Kick;

/// <summary>Offers the tasks of the LLM-KICK paper (Jaiswal et al., ICLR 2024).</summary>
public sealed class KickPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddTask<MmluOptions>(
            "mmlu", "Multiple-choice questions of 57 subjects (Hendrycks et al., 2021), scored by letter and as the paper's code does.", options => new MmluTask(options));
        registry.AddTask<FreebaseQaOptions>(
            "freebaseqa", "Trivia questions answered from memory (Jiang et al., 2019), scored by whole words and as the paper's code does.", options => new FreebaseQaTask(options));
    }
}
