using System.CommandLine;
using System.Globalization;
using LlmKick.Commands;
using LlmKick.Hub;
using LlmKick.Plugins;
using LlmKick.Plugins.Installation;
using LlmKick.Terminals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.SystemConsole.Themes;

var terminal = new Terminal();
terminal.TakeStandardError();
using var interruption = new Interruption(terminal);
var logLevel = new LoggingLevelSwitch();

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSerilog(log => log.MinimumLevel.ControlledBy(logLevel).WriteTo.Console(
    outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture,
    standardErrorFromLevel: LogEventLevel.Verbose, theme: ConsoleTheme.None));
builder.Services.AddSingleton(terminal);
builder.Services.AddSingleton<Outcome>();
builder.Services.AddSingleton(new PluginSource(folders => PluginLoader.Load(PluginSearch.Find(folders))));
builder.Services.AddSingleton<RemoteFiles>();
builder.Services.AddSingleton<RecipeSource>();
builder.Services.AddSingleton<Command, ValidateCommand>();
builder.Services.AddSingleton<Command, RunCommand>();
builder.Services.AddSingleton<Command, PlanCommand>();
builder.Services.AddSingleton<Command, ExportCommand>();
builder.Services.AddSingleton<Command, ReportCommand>();
builder.Services.AddSingleton<Command, CompareCommand>();
builder.Services.AddSingleton<Command, ListCommand>();
builder.Services.AddSingleton<Command, PluginCommand>();
builder.Services.AddSingleton<Command, SchemaCommand>();
builder.Services.AddSingleton<Command, DoctorCommand>();
builder.Services.AddSingleton<Command>(services => new CacheCommand(HubKind.Model, services.GetRequiredService<RemoteFiles>(), terminal));
builder.Services.AddSingleton<Command>(services => new CacheCommand(HubKind.Dataset, services.GetRequiredService<RemoteFiles>(), terminal));
builder.Services.AddSingleton<ModelSource>();
builder.Services.AddSingleton<Command, InspectCommand>();
builder.Services.AddSingleton<Command, TokenizeCommand>();
builder.Services.AddSingleton<Command, RenderCommand>();
builder.Services.AddSingleton<Command, ScoreCommand>();
builder.Services.AddSingleton<Command, GenerateCommand>();
using var host = builder.Build();

var root = new RootCommand("Compresses a language model every way a recipe asks and measures what was lost.") { CommonOptions.Plugins,
    CommonOptions.Offline, CommonOptions.Verbosity };
foreach (var command in host.Services.GetServices<Command>())
    root.Add(command);
root.Options.OfType<VersionOption>().Single().Action = new VersionAction(terminal);
var line = root.Parse(Arguments.WithEmptyValues(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
logLevel.MinimumLevel = CommonOptions.VerbosityOf(line) switch
{
    Verbosity.Quiet => LogEventLevel.Warning,
    Verbosity.Debug => LogEventLevel.Debug,
    _ => LogEventLevel.Information,
};
return await host.Services.GetRequiredService<Outcome>().RunAsync(line, interruption.Token);
