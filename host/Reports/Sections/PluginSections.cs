using LlmKick.Plugins;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Reports;
using Microsoft.Extensions.Logging;

namespace LlmKick.Reports.Sections;

/// <summary>Has plugins make their sections of a report. One that fails costs a sentence in its place.</summary>
/// <param name="components">What plugins offer.</param>
/// <param name="logger">Told of failures.</param>
internal sealed partial class PluginSections(IEnumerable<PluginComponent> components, ILogger logger)
{
    /// <summary>The sections, by the names that plugins registered; those that have nothing to tell are left out.</summary>
    public IReadOnlyList<(string Name, ReportSection Section)> Make(RunResults run) =>
        [.. components.Where(component => component.Kind == PluginKind.ReportSection)
            .Select(component => (component.Name, Section: Make(component, run))).Where(one => one.Section is not null)
            .Select(one => (one.Name, one.Section!))];

    private ReportSection? Make(PluginComponent component, RunResults run)
    {
        try
        {
            var make = (Func<RunView, ReportSection?>)component.Create(Activator.CreateInstance(component.Options.Type)!);
            return make(RunViews.Of(run)) is { } section ? PlainSection.Of(section) : null;
        }
        catch (Exception failure)
        {
            var sentence = PlainSection.Clean($"The plugin '{component.Plugin.Name}' failed to make the section '{component.Name}': "
                + $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings("\n").Split('\n')[0]}");
            Failed(logger, sentence);
            Details(logger, failure, component.Name);
            return new ReportSection(component.Name, sentence, []);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private static partial void Failed(ILogger logger, string sentence);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The section {Name} failed")]
    private static partial void Details(ILogger logger, Exception failure, string name);
}
