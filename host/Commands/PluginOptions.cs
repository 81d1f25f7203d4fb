using System.CommandLine;
using LlmKick.Plugins.Installation;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>Arguments and options of the verbs that install plugins.</summary>
internal static class PluginOptions
{
    /// <summary>The plugin's package.</summary>
    public static Argument<string> Package { get; } = new("PACKAGE") { Description = "The package's name, such as Contoso.Method" };

    /// <summary>The plugin's package, or all that are installed.</summary>
    public static Argument<string?> PackageOrAll { get; } =
        new("PACKAGE") { Description = "The package's name; all that are installed without one", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Feeds to ask instead of those of NuGet.config.</summary>
    public static Option<string[]> Source { get; } = new("--source")
    {
        Description = "A feed's address or a folder with packages, to be asked instead of those of NuGet.config (may be repeated)",
        HelpName = "FEED",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The versions that will do.</summary>
    public static Option<string?> Version { get; } =
        new("--version") { Description = "Exactly this version, or the newest in a range such as '[1.2, 2.0)'", HelpName = "VERSION" };

    /// <summary>The wish of <c>--version</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static VersionWish? WishOf(ParseResult line) => line.GetValue(Version) is not { } text ? null
        : VersionWish.TryParse(text, null, out var wish) ? wish
        : throw new UsageException(
            $"--version: '{text}' cannot be read: write a version, such as 1.2, or a range in NuGet's notation, such as '[1.2, 2.0)'.");

    /// <summary>The feeds to ask.</summary>
    public static FeedList FeedsOf(ParseResult line) => FeedList.Find(line.GetValue(Source) ?? [], Environment.CurrentDirectory);
}
