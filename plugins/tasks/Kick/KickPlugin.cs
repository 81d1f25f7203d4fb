using LlmKick.Kick.FreebaseQa;
using LlmKick.Kick.Instruct;
using LlmKick.Kick.Mmlu;
using LlmKick.Kick.Summarization;
using LlmKick.Kick.TriviaQa;
using LlmKick.Sdk;

namespace LlmKick.Kick;

/// <summary>Offers the tasks of the LLM-KICK paper (Jaiswal et al., ICLR 2024).</summary>
public sealed class KickPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddTask<MmluOptions>(
            "mmlu", "Multiple-choice questions of 57 subjects (Hendrycks et al., 2021), scored by letter and as the paper's code does.",
            options => new MmluTask(options));
        registry.AddTask<FreebaseQaOptions>(
            "freebaseqa", "Trivia questions answered from memory (Jiang et al., 2019), scored by whole words and as the paper's code does.",
            options => new FreebaseQaTask(options));
        registry.AddTask<TriviaQaOptions>(
            "triviaqa", "Questions with evidence or without (Joshi et al., 2017; SQuAD's format too), scored by TriviaQA's evaluation and "
                + "as the paper's code does.", options => new TriviaQaTask(options));
        registry.AddTask<SummarizationOptions>(
            "summarization", "News stories of three lengths, summarized (CNN/DailyMail; Hermann et al., 2015), compared with the "
                + "highlights and with the story.", options => new SummarizationTask(options));
        registry.AddTask<InstructOptions>(
            "instruct", "Questions that ask for free answers, in one turn or two (Vicuna-80, MT-Bench; Zheng et al., 2023): how varied and "
                + "how complete the answers are.", options => new InstructTask(options));
    }
}
