using LlmKick.Kick.Chat;
using LlmKick.Sdk.Chat;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Tasks.Chat;

public sealed class ConversationTests
{
    [Fact]
    public void Next_OwnTemplate_AsTheReference()
    {
        var rows = Golden.Json("golden/smollm2/chat.json").EnumerateArray()
            .Where(row => row.GetProperty("add_generation_prompt").GetBoolean()).ToList();
        var chat = ChatWriter.Create(SmolLm2.Tokenizer, new ChatOptions());
        Assert.Equal(2, rows.Count);
        foreach (var row in rows)
        {
            ILookup<string, string> messages = row.GetProperty("messages").EnumerateArray()
                .ToLookup(message => message.GetProperty("role").GetString()!, message => message.GetProperty("content").GetString()!);
            var writer = new ConversationWriter(chat, messages["system"].SingleOrDefault(""), contextLength: 2048, maxNewTokens: 8);
            var request = writer.Next([.. messages["user"]], [.. messages["assistant"]], null)!;
            Assert.Equal(row.GetProperty("text").GetString(), request.Prompt.Text);
            Assert.Equal(row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), request.Prompt.Tokens);
            Assert.Equal(["<|im_end|>"], request.Stop);
        }
    }
}
