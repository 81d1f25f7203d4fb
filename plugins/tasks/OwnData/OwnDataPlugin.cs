using LlmKick.OwnData.Choice;
using LlmKick.OwnData.Generate;
using LlmKick.OwnData.Qa;
using LlmKick.Sdk;

namespace LlmKick.OwnData;

/// <summary>Offers tasks over a user's own JSONL or CSV files.</summary>
public sealed class OwnDataPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddTask<QaOptions>("qa", "Your own questions (JSONL or CSV), answered and compared word by word.",
            options => new QaTask(options));
        registry.AddTask<ChoiceOptions>("choice",
            "Your own multiple-choice questions (JSONL or CSV), scored by the choices' probabilities.", options => new ChoiceTask(options));
        registry.AddTask<GenerateOptions>("generate", "Your own prompts (JSONL or CSV), answered freely: how varied the answers are, and "
            + "how near to references.", options => new GenerateTask(options));
    }
}
