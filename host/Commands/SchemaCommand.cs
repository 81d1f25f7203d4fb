using System.CommandLine;
using LlmKick.Recipes;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>schema</c>: the JSON schema of recipes.</summary>
internal sealed class SchemaCommand : Command
{
    public SchemaCommand(PluginSource plugins, Terminal terminal) : base("schema", "Print the JSON schema of recipes, for editors")
    {
        SetAction(line => terminal.WriteJson(RecipeSchema.Create(plugins.Load(line, []))));
    }
}
