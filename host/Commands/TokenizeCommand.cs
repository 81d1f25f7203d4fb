using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary><c>tokenize</c>: text to token ids, and back.</summary>
internal sealed class TokenizeCommand : Command
{
    private static readonly Option<bool> Decode = new("--decode") { Description = "Read ids, write text" };
    private static readonly Option<bool> Special = new("--special") { Description = "Add what the model puts around a text, such as a beginning-of-text token" };
    private static readonly Option<bool> Lines = new("--lines") { Description = "Each line is a text of its own; with --json each input line is a JSON string and each output line a JSON array" };

    private readonly ModelSource models;
    private readonly Terminal terminal;

    public TokenizeCommand(ModelSource models, Terminal terminal) : base("tokenize", "Turn stdin into token ids; special tokens written in the text are recognised, none are added")
    {
        (this.models, this.terminal) = (models, terminal);
        ModelSource.AddTo(this);
        Options.Add(Decode);
        Options.Add(Special);
        Options.Add(Lines);
        Options.Add(CommonOptions.Json);
        SetAction(Run);
    }

    private int Run(ParseResult line)
    {
        var tokenizer = models.LoadTokenizer(line);
        foreach (var remark in tokenizer.Remarks)
            terminal.Tell(remark);
        var input = StandardInput.Open();
        if (!line.GetValue(Lines))
        {
            terminal.Out.WriteLine(Convert(line, tokenizer, input.ReadToEnd(), null));
            return ExitCode.Done;
        }
        for (var number = 1; input.ReadLine() is { } text; number++)
            terminal.Out.WriteLine(Convert(line, tokenizer, line.GetValue(CommonOptions.Json) && !line.GetValue(Decode) ? FromJson(text, number) : text, number));
        return ExitCode.Done;
    }

    private static string Convert(ParseResult line, ITokenizer tokenizer, string text, int? number)
    {
        var json = line.GetValue(CommonOptions.Json);
        if (line.GetValue(Decode))
        {
            var decoded = tokenizer.Decode(Ids(text, tokenizer, number));
            return json ? JsonSerializer.Serialize(decoded, Terminal.Plain) : decoded;
        }
        var ids = tokenizer.Encode(text, addSpecial: line.GetValue(Special));
        return json ? JsonSerializer.Serialize(ids) : string.Join(number is null ? '\n' : ' ', ids);
    }

    private static string FromJson(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(line) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new LlmKickException($"Line {number} of stdin is no JSON string. With --lines --json each line is one, such as \"Hello\\nworld\".");
        }
    }

    private static int[] Ids(string text, ITokenizer tokenizer, int? number)
    {
        var words = text.Split([' ', '\t', '\r', '\n', ',', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(words, word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < tokenizer.VocabularySize
            ? id
            : throw new LlmKickException($"'{word}'{(number is null ? "" : $" in line {number} of stdin")} is no token id of this model: write whole numbers from 0 to {tokenizer.VocabularySize - 1}."));
    }
}
