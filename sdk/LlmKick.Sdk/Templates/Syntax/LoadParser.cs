using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>The tags that reach for another template.</summary>
internal sealed class LoadParser(TokenStream tokens, ExpressionParser expressions)
{
    public Statement Parse(Token tag)
    {
        var template = expressions.Parse();
        var names = tag.Text switch
        {
            "include" => Include(),
            "import" => Import(),
            "from" => From(),
            _ => [],
        };
        return new Statement.Load(tag.Text, template, names, tag.Line);
    }

    private List<string> Include()
    {
        if (tokens.Current.Is("name:ignore") && tokens.Look().Is("name:missing"))
        {
            tokens.Next();
            tokens.Next();
        }
        Context();
        return [];
    }

    private List<string> Import()
    {
        tokens.Expect("name:as");
        var name = expressions.ParseName().Id;
        Context();
        return [name];
    }

    private List<string> From()
    {
        tokens.Expect("name:import");
        var names = new List<string>();
        while (true)
        {
            if (names.Count > 0)
                tokens.Expect("comma");
            if (tokens.Current.Type != "name")
                tokens.Expect("name");
            if (Context())
                return names;
            names.Add(Imported());
            if (Context() || tokens.Current.Type != "comma")
                return names;
        }
    }

    private string Imported()
    {
        var name = expressions.ParseName();
        if (name.Id.StartsWith('_'))
            throw PythonError.Assertion("names starting with an underline can not be imported", name.Line);
        return tokens.Skip("name:as") ? expressions.ParseName().Id : name.Id;
    }

    private bool Context()
    {
        if (!(tokens.Current.Is("name:with") || tokens.Current.Is("name:without")) || !tokens.Look().Is("name:context"))
            return false;
        tokens.Next();
        tokens.Next();
        return true;
    }
}
