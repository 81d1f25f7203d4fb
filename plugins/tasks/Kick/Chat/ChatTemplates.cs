using System.Globalization;
using System.Text;
using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Chat;

/// <summary>The known ways to write conversations, one row a family.</summary>
internal static class ChatTemplates
{
    private static readonly ChatTemplate[] All =
    [
        new(ChatForm.Chatml, "<|im_start|>", "<|im_start|>system\n{0}<|im_end|>\n", "<|im_start|>user\n{0}<|im_end|>\n<|im_start|>assistant\n", "{0}<|im_end|>\n", ["<|im_end|>"]),
        new(ChatForm.Llama3, "<|start_header_id|>", "<|start_header_id|>system<|end_header_id|>\n\n{0}<|eot_id|>",
            "<|start_header_id|>user<|end_header_id|>\n\n{0}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", "{0}<|eot_id|>", ["<|eot_id|>"]),
        new(ChatForm.Vicuna, null, "{0} ", "USER: {0} ASSISTANT:", " {0}</s>", ["</s>"]),
        new(ChatForm.Plain, null, "{0}\n\n", "User: {0}\nAssistant:", " {0}\n", ["\nUser:"]),
    ];

    /// <summary>The template of a form, or the one that fits the tokenizer.</summary>
    public static ChatTemplate Find(ChatForm form, ITokenizer tokenizer) => form == ChatForm.Auto
        ? All.FirstOrDefault(template => template.Marker is { } marker && IsOneToken(marker, tokenizer)) ?? Find(ChatForm.Plain, tokenizer)
        : All.Single(template => template.Form == form);

    /// <summary>Writes a conversation up to where the model's next answer begins.</summary>
    /// <param name="template">The model's way.</param>
    /// <param name="system">The system message; none where empty.</param>
    /// <param name="questions">The questions; one more than answers.</param>
    /// <param name="answers">The model's answers so far.</param>
    public static string Write(this ChatTemplate template, string system, IReadOnlyList<string> questions, IReadOnlyList<string> answers)
    {
        var text = new StringBuilder(system.Length == 0 ? "" : Fill(template.System, system));
        for (var turn = 0; turn <= answers.Count; turn++)
        {
            text.Append(Fill(template.Question, questions[turn]));
            if (turn < answers.Count)
                text.Append(Fill(template.Answer, answers[turn].Trim()));
        }
        return text.ToString();
    }

    private static string Fill(string format, string text) => string.Format(CultureInfo.InvariantCulture, format, text);

    private static bool IsOneToken(string marker, ITokenizer tokenizer) => tokenizer.Encode(marker) is [var id] && tokenizer.IsSpecial(id);
}
