using System.Text;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Templates;

public sealed class HostileTemplateTests
{
    private static readonly TemplateOptions Small = TemplateOptions.Chat with { MaxSteps = 300_000, MaxText = 1_500_000 };
    private static readonly Dictionary<string, object?> Given = new() { ["messages"] =
        new[] { new Dictionary<string, object?> { ["role"] = "user", ["content"] = "Hello <you>" } }, ["bos_token"] = "<s>" };

    public static TheoryData<string> Greedy { get; } =
    [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for x in [[]] recursive %}{{ loop([[]]) }}{% endfor %}",
        "{{ 'a' * 1000000000 }}", "{{ [0] * 1000000000 }}", "{{ 10 ** 10000000 }}", "{{ 'a'.center(1000000000) }}",
        "{{ '%1000000000d' % 1 }}", "{{ '{:1000000000}'.format(1) }}",
        "{{ 'a'|indent(1000000000) }}", "{{ 'x'.ljust(2000000000) }}", "{{ '%.1000000000f' % 1 }}",
        "{{ [1]|batch(1000000000, 0)|list }}", "{{ 'a\\tb'.expandtabs(1000000000) }}",
        "{% set ns = namespace(x='ab') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x == ns.x + [1] or "
            + "ns.x|tojson }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x|tojson }}",
        "{% set ns = namespace(x=(1,)) %}{% for i in range(90000) %}{% set ns.x = (ns.x,) %}{% endfor %}{{ {ns.x: 1} }}",
        "{% set ns = namespace(x='') %}{% for i in range(90000) %}{% set ns.x = ns.x|map('upper') %}{% endfor %}{{ ns.x|list }}",
        "{% set ns = namespace(x=['a']) %}{% for i in range(90000) %}{% set ns.x = ns.x|select %}{% endfor %}{{ ns.x|list }}",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% set ns = namespace(x=3) %}{% for i in range(1000) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
        "{{ ('a' * 100000)|replace('', 'b' * 100000) }}", "{{ ('a,' * 100000).split(',')|join('b' * 10000) }}",
        "{{ 'a' ~ ('<' * 1000000)|e }}",
    ];

    [Theory]
    [MemberData(nameof(Greedy))]
    public void Render_TemplateWithoutEnd_IsStopped(string source) =>
        Assert.NotNull(Hostile.Read(() => Template.Parse(source, Small).Render(Given), source));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("1+", "")]
    [InlineData("{1:", "}")]
    [InlineData("f(", ")")]
    [InlineData("1 if ", "")]
    [InlineData("", "|upper")]
    [InlineData("", ".a")]
    [InlineData("", "[0]")]
    [InlineData("", "()")]
    [InlineData("", " is odd")]
    public void Parse_DeepExpression_IsRefused(string before, string after) =>
        Assert.NotNull(Hostile.Read(() => Template.Parse($"{{{{ {string.Concat(Enumerable.Repeat(before, 100_000))}1"
            + $"{string.Concat(Enumerable.Repeat(after, 100_000))} }}}}", Small).Render(Given), before + after));

    [Theory]
    [InlineData("{% if 1 %}", "{% endif %}")]
    [InlineData("{% for x in [1] %}", "{% endfor %}")]
    [InlineData("{% macro m() %}", "{% endmacro %}")]
    public void Parse_DeepStatements_AreRefused(string before, string after) =>
        Assert.NotNull(Hostile.Read(() => Template.Parse(string.Concat(Enumerable.Repeat(before, 20_000))
            + string.Concat(Enumerable.Repeat(after, 20_000)), Small).Render(Given), before));

    [Fact]
    public void Render_Mutations_EndInATextOrASentence()
    {
        const string Valid = """
            {%- macro call(c, n=1) %}{{ c.name|default('f') ~ (c|tojson(indent=n)) }}{% endmacro -%}
            {{ bos_token }}{% set ns = namespace(i=0, s='') %}{% for m in messages if m.content is string %}
            {%- if m['role'] == 'user' and not loop.last or (loop.index0 + 1) % 2 %}{{ '<|' + m.role|upper + '|>\n' + m.content.strip()[0:5] }}
            {%- elif m.get('x', [1, 2.5])|length > 1 %}{% generation %}{{ call({'name': m.role, 'a': [1, none, true]}, n=2) }}{% endgeneration %}{% else %}{% continue %}{% endif %}
            {%- set ns.i = ns.i + 1 %}{% set t %}{{ ns.i }}{% endset %}{% for k, v in m|dictsort %}{{ '%s=%r' % (k, v) }}{{ loop.cycle('a', 'b') }}{% endfor %}{% endfor %}
            {% filter indent(2) %}{{ [3, 1]|sort|join(', ') }}{{ t if t is defined else messages|map(attribute='role')|list }}{% endfilter %}{# c #}{% raw %}{{ }}{% endraw %}
            """;
        var bytes = Encoding.UTF8.GetBytes(Valid);
        Assert.NotEqual("", Template.Parse(Valid).Render(Given));
        Hostile.Fuzz(bytes, bytes.Length, 2000, mutant => Template.Parse(Encoding.UTF8.GetString(mutant), Small).Render(Given));
    }
}
