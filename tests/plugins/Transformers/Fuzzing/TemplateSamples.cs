using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>Chat templates with other bytes, and with words of others in place of their own, so that most still parse.</summary>
internal static partial class TemplateSamples
{
    public const string Name = "chat-template";

    private const string File = "chat_template.jinja";
    private static readonly TemplateOptions Small = TemplateOptions.Chat with { MaxSteps = 20_000, MaxText = 200_000, MaxDepth = 50 };
    private static readonly Dictionary<string, string> Tokens = new() { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };

    private static readonly string[] Values =
    [
        "none", "''", "[]", "{}", "()", "-1", "0.5", "1e308", "9007199254740993", "(9**99)",
        "range(9999)", "'%9999d'", "'{:>9999}'", "'\\ud800'", "'\U0001F600'",
        "undefined", "self", "loop", "messages",
        "caller()", "(x=1)", "(*messages)", "loop(messages)", "messages[::-1]",
        "(messages ~ tools)", "(messages[-1] * 9)", "(not x is in y)", "('%s' % messages)", "namespace(a=messages)",
    ];

    private static readonly string[] Tails =
    [
        "|tojson", "|list", "|join", "|map('upper')", "|sort", "|groupby('role')", "|indent(999)", "|batch(2)", "|unique",
        "|default(1)", "|dictsort", "|format", "|replace('', 'x')", "|wordwrap(1)", "|sum",
        "[::-1]", "[-9:]", "[0]", ".x", ".items()", ".split()", ".title()", ".format(1)", " is iterable", " in messages",
        " ~ 1", " ** 9", " // 0", " % 3", " if x", "()",
    ];

    // What a template is made of; to change one of these hardly ever leaves a template.
    private static readonly string[] Frame =
    [
        "if", "elif", "else", "endif", "for", "endfor", "in", "set", "endset", "macro", "endmacro", "call", "endcall",
        "filter", "endfilter", "with", "endwith", "raw", "endraw", "generation", "endgeneration",
        "is", "not", "and", "or", "break", "continue", "recursive", "block", "endblock",
    ];

    private static readonly Dictionary<string, object?> Request = new()
    {
        ["messages"] = new object[]
        {
            Message("system", "Be kind.\n"), Message("user", "caf\u00e9 <b> \U0001F600"),
            new Dictionary<string, object?>
            {
                ["role"] = "assistant", ["content"] = "", ["reasoning_content"] = "Hm.",
                ["tool_calls"] = new[] { Call(new { name = "f", arguments = new { x = 1, y = new object?[] { true, null, 2.5 } } }) },
            },
            Message("tool", "{}"), Message("assistant", new[] { new Dictionary<string, object?> { ["type"] = "text", ["text"] = "x" } }),
        },
        ["tools"] = new[] { Call(new { name = "f", description = "d", parameters = new { type = "object", properties = new { x = 1 } } }) },
        ["add_generation_prompt"] = true, ["enable_thinking"] = false,
    };

    public static FuzzTarget Create()
    {
        var folder = SharedData.Require("golden/chat-templates/templates");
        var sources = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllBytes).ToList();
        var words = sources.ConvertAll(source => Words().Matches(Encoding.UTF8.GetString(source)).Select(match => match.Value).ToArray());
        string[] pool = [.. words.SelectMany(all => all).Where(IsName).Distinct()];
        return new FuzzTarget(
            Name,
            new Dictionary<string, byte[]> { [File] = sources[0] },
            [
                (File, (_, random) => Bytes(Of(sources, random), random)),
                (File, (_, random) => Change(Of(words, random), random, _ => Of(pool, random))),
                (File, (_, random) => Change(Of(words, random), random, _ => Of(Values, random))),
                (File, (_, random) => Change(Of(words, random), random, word => word + Of(Tails, random))),
            ],
            mutant => Read(mutant),
            mutant =>
            {
                _ = ChatRendering.Render(Read(mutant), Request, Tokens, DateTime.UnixEpoch);
                return 0;
            });
    }

    private static Template Read(string folder) => Template.Parse(ChatTemplateSet.ReadFile(Path.Combine(folder, File)), Small);

    private static byte[] Bytes(byte[] source, Random random) => Mutation.Of(source, source.Length, random.Next());

    private static byte[] Change(string[] words, Random random, Func<string, string> other)
    {
        var mutant = words.ToArray();
        int[] places = [.. Enumerable.Range(0, words.Length).Where(i => IsName(words[i]))];
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var at = Of(places, random);
            mutant[at] = other(mutant[at]);
        }
        return Encoding.UTF8.GetBytes(string.Concat(mutant));
    }

    private static bool IsName(string word) => (char.IsLetterOrDigit(word[0]) || word[0] is '_' or '\'' or '"') && !Frame.Contains(word);

    private static T Of<T>(IReadOnlyList<T> all, Random random) => all[random.Next(all.Count)];

    private static Dictionary<string, object?> Message(string role, object content) => new() { ["role"] = role, ["content"] = content };

    private static JsonElement Call(object function) =>
        JsonSerializer.SerializeToElement(new { type = "function", id = "a1b2c3d4e", function });

    /// <summary>Words, brackets of tags, quoted texts, and what is between them.</summary>
    [GeneratedRegex(@"'[^'\n]*'|""[^""\n]*""|\{[%{#]|[%}#]\}|\w+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Words();
}
