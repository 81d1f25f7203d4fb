using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>tokenize</c>: text to token ids, and back.</summary>
internal sealed class TokenizeCommand : Command
{
    private static readonly Option<bool> Decode = new("--decode") { Description = "Read ids, write text" };
    private static readonly Option<bool> Special =
        new("--special") { Description = "Add what the model puts around a text, such as a beginning-of-text token" };
    private static readonly Option<bool> Lines = new("--lines") { Description =
        "Each line is a text of its own; with --json each input line is a JSON string and each output line a JSON array" };

    private static readonly Option<bool> Mask = new("--mask") { Description =
        "With --chat: also say which tokens are the assistant's, as 1 and 0, by the template's generation blocks" };

    private readonly Terminal terminal;
    private bool isUnmarkedTold;

    public TokenizeCommand(ModelSource models, Terminal terminal)
        : base("tokenize", "Turn stdin into token ids; special tokens written in the text are recognised, none are added")
    {
        this.terminal = terminal;
        ModelSource.AddTo(this);
        Options.Add(Decode);
        Options.Add(Special);
        Options.Add(Lines);
        Options.Add(ChatInput.Chat);
        Options.Add(Mask);
        Options.Add(CommonOptions.Json);
        Validators.Add(CheckChat);
        SetAction(async (line, cancellationToken) => Run(line, await models.LoadTokenizerAsync(line, cancellationToken)));
    }

    private static void CheckChat(CommandResult line)
    {
        if (!line.GetValue(ChatInput.Chat) && line.GetValue(Mask))
            line.AddError("--mask has no effect without --chat: it tells the assistant's part of a conversation.");
        if (line.GetValue(ChatInput.Chat)
            && new Option[] { Decode, Special }.FirstOrDefault(option => line.GetResult(option) is { Implicit: false }) is { } idle)
            line.AddError($"{idle.Name} has no effect with --chat, which reads conversations and writes what the model reads.");
    }

    private int Run(ParseResult line, ITokenizer tokenizer)
    {
        foreach (var remark in tokenizer.Remarks)
            terminal.Tell(remark);
        var input = StandardInput.Open();
        if (!line.GetValue(Lines))
        {
            terminal.Out.WriteLine(Convert(line, tokenizer, input.ReadToEnd(), null));
            return ExitCode.Done;
        }
        for (var number = 1; input.ReadLine() is { } text; number++)
            terminal.Out.WriteLine(Convert(line, tokenizer, line.GetValue(CommonOptions.Json) && !line.GetValue(Decode)
                && !line.GetValue(ChatInput.Chat) ? FromJson(text, number) : text, number));
        return ExitCode.Done;
    }

    private string Convert(ParseResult line, ITokenizer tokenizer, string text, int? number)
    {
        var json = line.GetValue(CommonOptions.Json);
        if (line.GetValue(Decode))
        {
            var decoded = tokenizer.Decode(Ids(text, tokenizer, number));
            return json ? JsonSerializer.Serialize(decoded, Terminal.Plain) : decoded;
        }
        if (line.GetValue(Mask))
            return Masked(ChatInput.Of(text, tokenizer, number), tokenizer, json, number);
        var ids = line.GetValue(ChatInput.Chat) ? ChatInput.Of(text, tokenizer, number).Prompt.Tokens
            : tokenizer.Encode(text, addSpecial: line.GetValue(Special));
        return json ? JsonSerializer.Serialize(ids) : string.Join(number is null ? '\n' : ' ', ids);
    }

    private string Masked(ChatInput chat, ITokenizer tokenizer, bool json, int? number)
    {
        if (chat.Spans is null && !isUnmarkedTold)
            terminal.Tell("The model's chat template has no generation blocks: no token is marked as the assistant's.");
        isUnmarkedTold |= chat.Spans is null;
        var (ids, mask) = (chat.Prompt.Tokens, AssistantMask.Of(chat, tokenizer));
        return json ? JsonSerializer.Serialize(new { ids, mask })
            : string.Join(number is null ? '\n' : ' ', ids.Zip(mask, (id, mine) => $"{id}:{mine}"));
    }

    private static string FromJson(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(line) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new LlmKickException(
                $"Line {number} of stdin is no JSON string. With --lines --json each line is one, such as \"Hello\\nworld\".");
        }
    }

    private static int[] Ids(string text, ITokenizer tokenizer, int? number)
    {
        var words = text.Split([' ', '\t', '\r', '\n', ',', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(words, word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id < tokenizer.VocabularySize
            ? id
            : throw new LlmKickException($"'{word}'{(number is null ? "" : $" in line {number} of stdin")} is no token id of this model: "
                + $"write whole numbers from 0 to {tokenizer.VocabularySize - 1}."));
    }
}
