using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Templates;

public sealed class TemplateTests
{
    private static readonly Dictionary<string, object?> Given =
        new() { ["name"] = "x", ["list"] = new[] { 3, 1, 2 }, ["schema"] = new Dictionary<string, object?> { ["items"] = 1 } };

    [Theory]
    [InlineData("{{ 1 ~ 2 * 3 }} {{ -1 ** 2 }} {{ 2 ** 3 ** 2 }} {{ -1|abs }} {{ 7 // -2 }} {{ -7 % 3 }}", "16 1 64 1 -4 2")]
    [InlineData("{{ 0 / -1 }} {{ 2.675|round(2) }} {{ 2.5|round }} {{ 7|round }} {{ '%.2f' % 1.005 }} {{ '{:,}'.format(1234567) }}",
        "-0.0 2.67 2.0 7 1.00 1,234,567")]
    [InlineData("{{ 1 == 1.0 }} {{ true in [1] }} {{ '1' == 1 }} {{ [1] == (1,) }} {{ {1: 'a', true: 'b'} }}",
        "True True False False {1: 'b'}")]
    [InlineData("{{ 1e16 }} {{ 1e15 }} {{ 1e-5 }} {{ 0.1 + 0.2 }} {{ -0.0 }} {{ 10 ** 30 }} {{ 9007199254740993 / 1 }}",
        "1e+16 1000000000000000.0 1e-05 0.30000000000000004 -0.0 1000000000000000000000000000000 9007199254740992.0")]
    [InlineData("{{ schema.items is callable }} {{ schema['items'] }} {{ schema.items.type is defined }}", "True 1 False")]
    [InlineData("{% for m in [1] %}{{ name }}{% endfor %}{% set name = '' %}", "")]
    [InlineData("{{ name }}{% for m in [1] %}{{ name }}{% endfor %}{% set name = '' %}", "xx")]
    [InlineData("{% set x = 1 %}{% for i in [1, 2] %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}", "231")]
    [InlineData("{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1) }} {{ m(1, 3, 4, c=5) }}",
        "12(){} 13(4,){'c': 5}")]
    [InlineData("{% macro m() %}<{{ caller(1) }}>{% endmacro %}{% call(a) m() %}{{ a + 1 }}{% endcall %}", "<2>")]
    [InlineData("{% for i in [1, [2, [3]]] recursive %}{{ i if i is integer else loop(i) }}{{ loop.depth }}{% endfor %}", "11223321")]
    [InlineData("{{ 'ß'.upper() }} {{ 'ΑΣ'.lower() }} {{ '😀é'|length }} {{ '😀é'[1] }} {{ '%s' % '<'|safe }}", "SS ας 2 é <")]
    [InlineData("{{ ('<a>'|safe) + '<b>' }} {{ ('<a>'|safe) ~ '<b>' }}", "<a>&lt;b&gt; <a><b>")]
    [InlineData("{{ missing }}|{{ [missing] }}|{{ missing|length }}|{{ missing is iterable }}", "|[Undefined]|0|True")]
    [InlineData("{{ list|sort }} {{ list|sort(reverse=true) }} {{ list|map('string')|join('-') }} {{ list|select('odd')|list }}",
        "[1, 2, 3] [3, 2, 1] 3-1-2 [3, 1]")]
    [InlineData("{%- set ns = namespace(n=0) %}{% for i in range(5) if i is even %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "6")]
    [InlineData("{% for i in [1, 2, 3] %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% else %}none{% endfor %}", "1")]
    [InlineData("{{ {'b': 1, 'a': [1.0, none, true]}|tojson }} {{ {'é': '<'}|tojson(indent=1) }}",
        "{\"b\": 1, \"a\": [1.0, null, true]} {\n \"é\": \"<\"\n}")]
    [InlineData("a\n  {% if true %}\n  b\n  {% endif %}\nc\n", "a\n  b\nc")]
    [InlineData("{% raw %}{{ x }}{% endraw %}{# gone #}{{ '{{' }}", "{{ x }}{{")]
    public void Render_Expression_AsPython(string source, string expected) => Assert.Equal(expected, Template.Parse(source).Render(Given));

    [Theory]
    [InlineData("a\n{{ missing.x }}", "jinja2.exceptions.UndefinedError", "'missing' is undefined", 2)]
    [InlineData("\n\n{% endif %}", "jinja2.exceptions.TemplateSyntaxError", "Encountered unknown tag 'endif'.", 3)]
    [InlineData("{{ 1 + 'a' }}", "TypeError", "unsupported operand type(s) for +: 'int' and 'str'", 1)]
    [InlineData("{% if name %}\n{{ list.append(1) }}{% endif %}", "jinja2.exceptions.SecurityError",
        "access to attribute 'append' of 'list' object is unsafe.", 2)]
    [InlineData("{{ 'a'|shorten }}", "jinja2.exceptions.TemplateAssertionError", "No filter named 'shorten'.", 1)]
    [InlineData("{{ raise_exception('no\nway') }}", "jinja2.exceptions.TemplateError", "no\nway", 1)]
    [InlineData("{% set d.x = 1 %}", "jinja2.exceptions.TemplateRuntimeError", "cannot assign attribute on non-namespace object", 1)]
    [InlineData("{% set d.x %}a{% endset %}", "jinja2.exceptions.TemplateRuntimeError", "cannot assign attribute on non-namespace object",
        1)]
    public void Render_Mistake_NamesClassAndLine(string source, string kind, string reason, int line)
    {
        var exception = Assert.Throws<TemplateException>(() => Template.Parse(source).Render(Given));
        Assert.Equal((kind, reason, line), (exception.Kind, exception.Reason, exception.Line));
        Assert.StartsWith($"The template fails in line {line}: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_OtherOptions_AsTheCallerChooses()
    {
        Assert.Throws<TemplateException>(() =>
            Template.Parse("{{ missing }}", TemplateOptions.Plain with { Undefined = UndefinedKind.Strict }).Render(Given));
        Assert.Equal("", Template.Parse("{{ missing.a.b }}", TemplateOptions.Plain with { Undefined = UndefinedKind.Chainable })
            .Render(Given));
        Assert.Equal("{{ missing }}",
            Template.Parse("{{ missing }}", TemplateOptions.Plain with { Undefined = UndefinedKind.Debug }).Render(Given));
        Assert.Equal(" \n a\n", Template.Parse(" {% if true %}\n a{% endif %}\n\n", TemplateOptions.Plain).Render(Given));
        Assert.Equal("a\n", Template.Parse("a\n", TemplateOptions.Plain with { KeepTrailingNewline = true }).Render(Given));
        Assert.Equal("[1, 2]", Template.Parse("{% set x = [1] %}{% set _ = x.append(2) %}{{ x }}", TemplateOptions.Plain).Render(Given));
        Assert.Equal("{&#34;a&#34;: &#34;\\u003c&#34;}",
            Template.Parse("{{ {'a': '<'}|tojson|string|forceescape }}", TemplateOptions.Plain).Render(Given));
        Assert.Equal("&lt;<b>", Template.Parse("{{ '<' }}{{ '<b>'|safe }}", TemplateOptions.Plain with { Autoescape = true })
            .Render(Given));
    }

    [Fact]
    public void Render_FilterOfTheCaller_GetsAndGivesPlainValues()
    {
        var options = TemplateOptions.Plain with { Filters = new Dictionary<string, TemplateFilter> { ["twice"] =
            (value, arguments, named) => $"{value}{value}{arguments[0]}{named["end"]}" } };
        Assert.Equal("xx1.", Template.Parse("{{ name|twice(1, end='.') }}", options).Render(Given));
    }

    [Fact]
    public void RenderWithSpans_MarksCodePoints()
    {
        var rendered = Template.Parse("😀{% generation %}é😀{% endgeneration %}!{% generation %}{% endgeneration %}")
            .RenderWithSpans(Given);
        Assert.Equal([new TextSpan(1, 3), new TextSpan(4, 4)], rendered.Spans);
    }

    [Fact]
    public async Task Render_FromSeveralThreads_GivesTheSame()
    {
        var template = Template.Parse("{% macro m(n) %}{% if n %}{{ n }}{{ m(n - 1) }}{% endif %}{% endmacro %}{% set t %}{% filter upper "
            + "%}{{ m(9) }}a{% endfilter %}{% endset %}{{ t }}");
        var texts = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Task.Run(() => Enumerable.Range(0, 50).Select(_ => template.Render(Given)).Distinct().Single())));
        Assert.All(texts, text => Assert.Equal("987654321A", text));
    }
}
