using LlmKick.Kick.Chat;

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

    [Fact]
    public void Find_Auto_LooksAtTheTokenizer()
    {
        Assert.Equal(ChatForm.Plain, ChatTemplates.Find(ChatForm.Auto, new CharacterTokenizer()).Form);
        Assert.Equal(ChatForm.Chatml, ChatTemplates.Find(ChatForm.Auto, SmolLm2.Tokenizer).Form);
    }
}
