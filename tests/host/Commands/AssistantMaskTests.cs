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
        var tokenizer = SmolLm2(SharedData.Require("models/SmolLM2-135M-Instruct-Q4_1.gguf"));
        Assert.Equal(20, rows.Count);
        Assert.All(rows, row =>
        {
            var (text, ids) = ((string)row!["text"]!, row["ids"]!.AsArray().Select(id => (int)id!).ToArray());
            var given = new GivenIds(tokenizer, ids);
            var chat = new ChatInput(Prompt.Opening(text, given),
                [.. row["spans"]!.AsArray().Select(span => new TextSpan((int)span![0]!, (int)span[1]!))]);
            Assert.Equal((string?)row["mask"], string.Concat(AssistantMask.Of(chat, given)));
            // The reference read the GGUF file without its rule that every digit stands alone, of which "½" is one.
            if (!text.Contains('½'))
                Assert.Equal(ids, tokenizer.Encode(text));
        });
        Assert.Equal(3, rows.Count(row => ((string)row!["text"]!).Contains('½')));
    }

    private static ITokenizer SmolLm2(string path)
    {
        var component = ComponentTable.Components().First(component => component.Name == "transformers");
        var options = Activator.CreateInstance(component.Options.Type)!;
        component.Options.Options.First(option => option.Key == "path").Property.SetValue(options, path);
        return ((IModelLoader)component.Create(options)).LoadTokenizer();
    }
}
