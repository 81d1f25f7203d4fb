using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What <c>namespace()</c> makes: attributes that a template can set.</summary>
internal sealed class NamespaceValue(DictValue attributes, bool isChat) : Value
{
    public override string TypeName => isChat ? "TemplateNamespace" : "Namespace";

    public override string ObjectName => (isChat ? "transformers.utils.chat_template_utils." : "jinja2.utils.") + TypeName + " object";

    public override object? Attribute(string name) => attributes.TryGet(name, out var value) ? value : Missing.Value;

    public void Set(string name, object? value)
    {
        if (isChat)
            Check(name);
        attributes[name] = value;
    }

    public static NamespaceValue Create(DictValue attributes, bool isChat)
    {
        foreach (var key in isChat ? attributes.Keys.OfType<string>() : [])
            Check(key);
        return new NamespaceValue(attributes, isChat);
    }

    public static DictValue ToDict(IEnumerable<KeyValuePair<string, object?>> named)
    {
        var dict = new DictValue();
        foreach (var (name, value) in named)
            dict[name] = value;
        return dict;
    }

    private static void Check(string name)
    {
        if (name.StartsWith('_'))
            throw PythonError.Security($"Chat templates cannot store underscore-prefixed attributes on a namespace, but got "
                + $"{Representation.Quote(name)}. Please rename the attribute.");
    }

    public override void Represent(StringBuilder text)
    {
        text.Append("<Namespace ");
        attributes.Represent(text);
        text.Append('>');
    }
}
