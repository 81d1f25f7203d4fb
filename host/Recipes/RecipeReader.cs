using LlmKick.Hub;
using LlmKick.Options;
using LlmKick.Plugins;
using LlmKick.Plugins.Installation;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk;

namespace LlmKick.Recipes;

/// <summary>Reads recipes: YAML text to a checked <see cref="Recipe"/>, or everything that is wrong with it.</summary>
internal sealed class RecipeReader
{
    private static readonly OptionSet SettingsOptions = OptionSetReader.Read(typeof(RecipeSettings));

    private readonly ProblemList problems;
    private readonly OptionBinder binder;
    private readonly MapNode root;

    private RecipeReader(MapNode root, ProblemList problems, FilePlaces files) =>
        (this.root, this.problems, binder) = (root, problems, new OptionBinder(problems, files));

    /// <summary>Reads a recipe. No tensor is allocated.</summary>
    /// <param name="path">The recipe's file.</param>
    /// <param name="overrides">Values that win over the file's, each <c>path=value</c>.</param>
    /// <param name="load">Finds components, given the recipe's plugin folders (absolute).</param>
    /// <param name="installed">The installed version of a plugin's package; the user's plugin folder is asked unless given.</param>
    /// <param name="remote">Finds what was fetched; addresses stay as they are written unless given.</param>
    public static RecipeResult Read(string path, IReadOnlyList<string> overrides, Func<IReadOnlyList<string>, PluginCatalog> load,
        Func<string, string?>? installed = null, RemotePlaces? remote = null)
    {
        var problems = new ProblemList();
        var root = RecipeFile.Read(path, problems);
        if (root is not null)
            foreach (var text in overrides)
                Override.Apply(text, root, problems);
        var files = new FilePlaces(Remote: remote);
        var recipe = root is null ? null : new RecipeReader(root, problems, files).Read(path, load, installed ?? InstalledVersions.Of);
        return new RecipeResult(problems.Count > 0 ? null : recipe, problems.InOrder(path)) { Addresses = files.Addresses };
    }

    /// <summary>Reads a recipe that was checked when it was run, on a machine that need not have its models and data.</summary>
    /// <param name="path">The recipe as resolved.</param>
    /// <param name="load">Finds components, given plugin folders.</param>
    /// <param name="folder">Where the recipe was, whose models and data may be there still; null where that is not known.</param>
    /// <param name="remote">Finds what was fetched; addresses stay as they are written unless given.</param>
    public static RecipeResult ReadAgain(string path, Func<IReadOnlyList<string>, PluginCatalog> load, string? folder = null,
        RemotePlaces? remote = null)
    {
        var problems = new ProblemList();
        var recipe = RecipeFile.Read(path, problems, folder) is { } root
            ? new RecipeReader(root, problems, new FilePlaces(MayBeMissing: true, remote)).Read(path, load, InstalledVersions.Of) : null;
        return new RecipeResult(problems.Count > 0 ? null : recipe, problems.InOrder(path));
    }

    private Recipe? Read(string path, Func<IReadOnlyList<string>, PluginCatalog> load, Func<string, string?> installed)
    {
        RequireFolderName();
        new PluginNeedReader(binder, problems, installed).Take(root);
        var rules = new BindRules(Addresses: false,
            OtherKeys: ["model", "judge", "calibration", "variants", "tasks", "require", "references"]);
        var settings = binder.Bind("recipe", SettingsOptions, root, root.Place, rules).Select(bound => (RecipeSettings)bound.Options)
            .FirstOrDefault() ?? new RecipeSettings();
        var catalog = Load(settings.Plugins, load);
        var components = new ComponentReader(catalog, binder, problems);
        var model = ReadModel(components);
        var judge = root.Find("judge") is { } judgeNode ? components.Read(PluginKind.Model, judgeNode).FirstOrDefault()?.Use : null;
        var calibration = new CalibrationSection(binder, root);
        var entries = new EntryReader(binder, problems);
        var variantReader = new VariantReader(components, new SaveReader(catalog.Formats, binder, problems), problems);
        var before = problems.Count;
        var variants = entries.Read("variants", root, "dense", "model", "save", "calibration")
            .SelectMany(entry => variantReader.Read(entry, model, settings.Seed, calibration)).ToList();
        var taskReader = new TaskReader(components, new TaskNeeds(root.Find("judge") is not null, variants), problems);
        var tasks = entries.Read("tasks", root, "perplexity: { text: FILE }")
            .SelectMany(entry => taskReader.Read(entry, settings.Seed)).ToList();
        // What names variants and tasks is compared with all of them: one that is wrong is told once, not wherever it is named.
        var (namedVariants, namedTasks) = problems.Count == before ? (variants, tasks) : ([], []);
        var require = new RequireReader(binder, problems).Read(root, namedVariants, namedTasks);
        var references = new ReferencesReader(binder, problems).Read(root, namedVariants, namedTasks);
        if (problems.Count > 0 || model is null)
            return null;
        var name = settings.Name ?? Path.GetFileNameWithoutExtension(path);
        return new Recipe
        {
            Name = name,
            Path = path,
            Model = model,
            Judge = judge,
            Calibration = calibration.Common?.Options as CalibrationSpec,
            Variants = variants,
            Tasks = tasks,
            Require = require?.Options as RequireSpec,
            References = [.. references.Select(reference => reference.Spec)],
            Output = root.Find("output") is ScalarNode { IsNull: false } output ? LocalPath.Resolve(output) : null,
            Seed = settings.Seed,
            Device = settings.Device?.ToString(),
            DataType = settings.Dtype,
            KeepCompressed = settings.KeepCompressed,
            PluginFolders = settings.Plugins,
            Sections = [.. catalog.Components.Where(component => component.Kind == PluginKind.ReportSection)],
            Resolved = ResolvedRecipe.Create(name, settings, model, judge, calibration.Common, variants, tasks, require,
                references.Select(reference => reference.Bound)),
        };
    }

    /// <summary>The run's folder has the recipe's name: it must be one folder, and lie in <c>runs</c>.</summary>
    private void RequireFolderName()
    {
        if (root.Find("name") is ScalarNode { IsNull: false, Text: var name } node
            && (name.AsSpan().ContainsAny("/\\:") || name.Trim() is "" or "." or ".."))
            problems.Add(node.Place,
                $"name: '{name}' cannot be the name of a folder in 'runs': leave out / \\ and :, or give the folder by `output`.");
    }

    private PluginCatalog Load(IReadOnlyList<string> folders, Func<IReadOnlyList<string>, PluginCatalog> load)
    {
        try
        {
            return load(folders);
        }
        catch (LlmKickException exception) when (folders.Count > 0)
        {
            problems.Add(root.Find("plugins")!.Place, $"plugins: {exception.Message}");
            return load([]);
        }
    }

    private ComponentUse? ReadModel(ComponentReader components)
    {
        if (root.Find("model") is { } node)
            return components.Read(PluginKind.Model, node).FirstOrDefault()?.Use;
        problems.Add(root.Place, "model: the section is missing: name a model, such as 'model: { transformers: { path: FOLDER } }'.");
        return null;
    }
}
