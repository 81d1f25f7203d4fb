using System.Text.Json.Nodes;
using LlmKick.Commands;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;
using LlmKick.Tests.Documentation;

namespace LlmKick.Tests.Commands;

public sealed class AssistantMaskTests
{
    [Fact]
    public void Of_RenderedConversations_AsTransformers()
    {
        var rows = JsonNode.Parse(File.ReadAllText(SharedData.Require("golden/chat-templates/masks.json")))!["rows"]!.AsArray();
        var tokenizer = SmolLm2(SharedData.Require("models/SmolLM2-135M-Instruct-f16.gguf"));
        Assert.Equal(20, rows.Count);
        Assert.All(rows, row =>
        {
            var spans = row!["spans"]!.AsArray().Select(span => new TextSpan((int)span![0]!, (int)span[1]!));
            var chat = new ChatInput(Prompt.Opening((string)row["text"]!, tokenizer), [.. spans]);
            Assert.Equal(row["ids"]!.AsArray().Select(id => (int)id!), chat.Prompt.Tokens);
            Assert.Equal((string?)row["mask"], string.Concat(AssistantMask.Of(chat, tokenizer)));
        });
    }

    private static ITokenizer SmolLm2(string path)
    {
        var component = ComponentTable.Components().First(component => component.Name == "transformers");
        var options = Activator.CreateInstance(component.Options.Type)!;
        component.Options.Options.First(option => option.Key == "path").Property.SetValue(options, path);
        return ((IModelLoader)component.Create(options)).LoadTokenizer();
    }
}
