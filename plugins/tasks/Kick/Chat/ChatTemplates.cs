using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Chat;

/// <summary>The known ways to write conversations, one row a family; of those that share signs, the one with more stands first.</summary>
internal static partial class ChatTemplates
{
    private const string Llama3Question = "<|start_header_id|>user<|end_header_id|>\n\n{0}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";

    private static readonly ChatTemplate[] All =
    [
        new(ChatForm.Chatml, ["<|im_start|>"], "<|im_start|>system\n{0}<|im_end|>\n", "<|im_start|>user\n{0}<|im_end|>\n<|im_start|>assistant\n", "{0}<|im_end|>\n", ["<|im_end|>"]) { Marker = "<|im_start|>" },
        new(ChatForm.Llama31, ["<|start_header_id|>", "Cutting Knowledge Date"],
            "<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n{0}<|eot_id|>", Llama3Question, "{0}<|eot_id|>", ["<|eot_id|>"]) { DefaultSystem = "" },
        new(ChatForm.Llama3, ["<|start_header_id|>"], "<|start_header_id|>system<|end_header_id|>\n\n{0}<|eot_id|>", Llama3Question, "{0}<|eot_id|>", ["<|eot_id|>"]) { Marker = "<|start_header_id|>" },
        new(ChatForm.Gemma, ["<start_of_turn>"], "{0}\n\n", "<start_of_turn>user\n{0}<end_of_turn>\n<start_of_turn>model\n", "{0}<end_of_turn>\n", ["<end_of_turn>"]) { Marker = "<start_of_turn>", IsSystemInQuestion = true },
        new(ChatForm.Phi3, ["<|user|>", "<|end|>"], "<|system|>\n{0}<|end|>\n", "<|user|>\n{0}<|end|>\n<|assistant|>\n", "{0}<|end|>\n", ["<|end|>"]),
        new(ChatForm.Zephyr, ["<|user|>", "eos_token"], "<|system|>\n{0}</s>\n", "<|user|>\n{0}</s>\n<|assistant|>\n", "{0}</s>\n", ["</s>"]),
        new(ChatForm.Llama2, ["[INST] ", " [/INST]", "<<SYS>>"], "<<SYS>>\n{0}\n<</SYS>>\n\n", "[INST] {0} [/INST]", " {0} </s><s>", ["</s>"]) { IsSystemInQuestion = true },
        new(ChatForm.Mistral, ["[INST] ", " [/INST]"], "{0}\n\n", "[INST] {0} [/INST]", " {0}</s>", ["</s>"]) { IsSystemInQuestion = true },
        new(ChatForm.MistralV3, ["[INST] ", "[/INST]"], "{0}\n\n", "[INST] {0}[/INST]", " {0}</s>", ["</s>"]) { IsSystemInQuestion = true },
        new(ChatForm.Vicuna, ["USER:", "ASSISTANT:"], "{0} ", "USER: {0} ASSISTANT:", " {0}</s>", ["</s>"]),
        new(ChatForm.Plain, [], "{0}\n\n", "User: {0}\nAssistant:", " {0}\n", ["\nUser:"]),
    ];

    /// <summary>The template of a form, or the one that the model's own is of.</summary>
    /// <exception cref="LlmKickException">The model's own template is of no known family.</exception>
    public static ChatTemplate Find(ChatForm form, ITokenizer tokenizer) => (form, tokenizer.ChatTemplate) switch
    {
        (ChatForm.Auto, { } own) => Recognize(own),
        (ChatForm.Auto, null) => Array.Find(All, template => template.Marker is { } marker && IsOneToken(marker, tokenizer)) ?? Find(ChatForm.Plain, tokenizer),
        _ => Array.Find(All, template => template.Form == form)!,
    };

    private static ChatTemplate Recognize(string own)
    {
        var found = Array.Find(All, template => template.Signs.Count > 0 && template.Signs.All(sign => own.Contains(sign, StringComparison.Ordinal)))
            ?? throw new LlmKickException("The model's own chat template is of no family that is known here; say by `chat:` how conversations are written, "
                + $"such as `chat: plain` (there are {string.Join(", ", All.Select(template => JsonNamingPolicy.SnakeCaseLower.ConvertName(template.Form.ToString())))}).");
        return found.Form == ChatForm.Chatml && ChatmlSystem().Match(own) is { Success: true } system ? found with { DefaultSystem = system.Groups["message"].Value } : found;
    }

    /// <summary>Writes a conversation up to where the model's next answer begins.</summary>
    /// <param name="template">The model's way.</param>
    /// <param name="system">The system message; none where empty.</param>
    /// <param name="questions">The questions; one more than answers.</param>
    /// <param name="answers">The model's answers so far.</param>
    public static string Write(this ChatTemplate template, string system, IReadOnlyList<string> questions, IReadOnlyList<string> answers)
    {
        var before = (system.Length > 0 ? system : template.DefaultSystem) is { } message ? Fill(template.System, message) : "";
        var text = new StringBuilder(template.IsSystemInQuestion ? "" : before);
        for (var turn = 0; turn <= answers.Count; turn++)
        {
            text.Append(Fill(template.Question, turn == 0 && template.IsSystemInQuestion ? before + questions[0] : questions[turn]));
            if (turn < answers.Count)
                text.Append(Fill(template.Answer, answers[turn].Trim()));
        }
        return text.ToString();
    }

    /// <summary>The message that Qwen's and SmolLM's templates put in where none is given.</summary>
    [GeneratedRegex(@"<\|im_start\|>system(\\n|\n)(?<message>[^'""{}<]+)<\|im_end\|>")]
    private static partial Regex ChatmlSystem();

    private static string Fill(string format, string text) => string.Format(CultureInfo.InvariantCulture, format, text);

    private static bool IsOneToken(string marker, ITokenizer tokenizer) => tokenizer.Encode(marker) is [var id] && tokenizer.IsSpecial(id);
}
