
namespace LlmKick.Kick.Judging;

/// <summary>What MT-Bench's prompts say of a conversation, answers aside.</summary>
internal static class MtBenchTexts
{
    /// <summary>Questions up to a turn and reference answers, by the prompts' names for them.</summary>
    public static Dictionary<string, string> Of(Conversation conversation, int turn)
    {
        var texts = new Dictionary<string, string> { ["question"] = conversation.Questions[0] };
        for (var i = 0; i <= turn; i++)
            texts[$"question_{i + 1}"] = conversation.Questions[i];
        foreach (var (i, reference) in conversation.References.Index())
            texts[$"ref_answer_{i + 1}"] = reference;
        return texts;
    }
}
