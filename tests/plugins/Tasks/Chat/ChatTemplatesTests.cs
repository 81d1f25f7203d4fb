using LlmKick.Kick.Chat;
using LlmKick.Sdk;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Tasks.Chat;

public sealed class ChatTemplatesTests
{
    [Theory]
    [InlineData(ChatForm.Vicuna, "S USER: q1 ASSISTANT: a1</s>USER: q2 ASSISTANT:")]
    [InlineData(ChatForm.Chatml, "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nq1<|im_end|>\n<|im_start|>assistant\na1<|im_end|>\n<|im_start|>user\nq2<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(ChatForm.Plain, "S\n\nUser: q1\nAssistant: a1\nUser: q2\nAssistant:")]
    [InlineData(ChatForm.Llama3, "<|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nq1<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\na1<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nq2<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    internal void Write_TwoTurns_AsTheFamilyDoes(ChatForm form, string expected) =>
        Assert.Equal(expected, ChatTemplates.Find(form, new CharacterTokenizer()).Write("S", ["q1", "q2"], [" a1\n"]));

    [Fact]
    public void Write_NoSystemMessage_LeavesItOut() =>
        Assert.Equal("USER: q {0} ASSISTANT:", ChatTemplates.Find(ChatForm.Vicuna, new CharacterTokenizer()).Write("", ["q {0}"], []));

    [Theory]
    [InlineData(ChatForm.Gemma, "<start_of_turn>user\nS\n\nq1<end_of_turn>\n<start_of_turn>model\na1<end_of_turn>\n<start_of_turn>user\nq2<end_of_turn>\n<start_of_turn>model\n")]
    [InlineData(ChatForm.Mistral, "[INST] S\n\nq1 [/INST] a1</s>[INST] q2 [/INST]")]
    [InlineData(ChatForm.MistralV3, "[INST] S\n\nq1[/INST] a1</s>[INST] q2[/INST]")]
    [InlineData(ChatForm.Llama2, "[INST] <<SYS>>\nS\n<</SYS>>\n\nq1 [/INST] a1 </s><s>[INST] q2 [/INST]")]
    [InlineData(ChatForm.Phi3, "<|system|>\nS<|end|>\n<|user|>\nq1<|end|>\n<|assistant|>\na1<|end|>\n<|user|>\nq2<|end|>\n<|assistant|>\n")]
    [InlineData(ChatForm.Zephyr, "<|system|>\nS</s>\n<|user|>\nq1</s>\n<|assistant|>\na1</s>\n<|user|>\nq2</s>\n<|assistant|>\n")]
    internal void Write_TwoTurns_AsTheFamiliesOfSentencePieceDo(ChatForm form, string expected) =>
        Assert.Equal(expected, ChatTemplates.Find(form, new CharacterTokenizer()).Write("S", ["q1", "q2"], ["a1"]));

    [Theory]
    [InlineData("{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}", ChatForm.Chatml)]
    [InlineData("{% if tools %}{{ '<|im_start|>system\\n' }}{% else %}{{- '<|im_start|>system\\nYou are Q.<|im_end|>\\n' }}", ChatForm.Chatml)]
    [InlineData("'<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'", ChatForm.Llama3)]
    [InlineData("\"<|start_header_id|>system<|end_header_id|>\\n\\n\" \"Cutting Knowledge Date: December 2023\\n\"", ChatForm.Llama31)]
    [InlineData("'<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n'", ChatForm.Gemma)]
    [InlineData("'[INST] ' + message['content'] + ' [/INST]'", ChatForm.Mistral)]
    [InlineData("\"[INST] \" + message[\"content\"] + \"[/INST]\"", ChatForm.MistralV3)]
    [InlineData("'<<SYS>>\\n' '[INST] ' + content.strip() + ' [/INST]'", ChatForm.Llama2)]
    [InlineData("'<|user|>\\n' + message['content'] + '<|end|>\\n'", ChatForm.Phi3)]
    [InlineData("'<|user|>\\n' + message['content'] + eos_token", ChatForm.Zephyr)]
    [InlineData("'USER: ' + message['content'] + ' ASSISTANT:'", ChatForm.Vicuna)]
    internal void Find_Auto_RecognizesTheModelsTemplate(string template, ChatForm expected) =>
        Assert.Equal(expected, ChatTemplates.Find(ChatForm.Auto, new CharacterTokenizer { ChatTemplate = template }).Form);

    [Fact]
    public void Find_AutoOfAnUnknownTemplate_SaysWhatToDo()
    {
        var tokenizer = new CharacterTokenizer { ChatTemplate = "{{ '<human>' + message['content'] }}" };
        Assert.Contains("`chat: plain` (there are chatml, llama31,", Assert.Throws<LlmKickException>(() => ChatTemplates.Find(ChatForm.Auto, tokenizer)).Message, StringComparison.Ordinal);
        Assert.Equal(ChatForm.Plain, ChatTemplates.Find(ChatForm.Plain, tokenizer).Form);
    }

    [Fact]
    public void Write_OwnTemplate_AsTheReference()
    {
        var rows = Golden.Json("golden/smollm2/chat.json").EnumerateArray().Where(row => row.GetProperty("add_generation_prompt").GetBoolean()).ToList();
        var template = ChatTemplates.Find(ChatForm.Auto, SmolLm2.Tokenizer);
        Assert.Equal(2, rows.Count);
        foreach (var row in rows)
        {
            ILookup<string, string> messages = row.GetProperty("messages").EnumerateArray().ToLookup(message => message.GetProperty("role").GetString()!, message => message.GetProperty("content").GetString()!);
            var text = template.Write(messages["system"].SingleOrDefault(""), [.. messages["user"]], [.. messages["assistant"]]);
            Assert.Equal(row.GetProperty("text").GetString(), text);
            Assert.Equal(row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), SmolLm2.Tokenizer.Encode(text, addSpecial: true));
        }
    }

    [Fact]
    public void Find_Auto_LooksAtTheTokenizer()
    {
        Assert.Equal(ChatForm.Plain, ChatTemplates.Find(ChatForm.Auto, new CharacterTokenizer()).Form);
        Assert.Equal(ChatForm.Chatml, ChatTemplates.Find(ChatForm.Auto, SmolLm2.Tokenizer).Form);
    }
}
