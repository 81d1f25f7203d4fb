using System.CommandLine;
using LlmKick.Hub;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>What a command line needs of other machines.</summary>
internal sealed class RemoteFiles(Terminal terminal)
{
    // Someone who only asks is not kept waiting.
    private const int TriesToAsk = 2;
    private const int MostTries = 6;
    // What is fetched may be a part of what is asked for by another address; a branch may move on meanwhile.
    private const int Rounds = 3;

    /// <summary>Where the hub and its cache are.</summary>
    public static HubSettings Settings(ParseResult line) => HubSettings.Current() is var settings && line.GetValue(CommonOptions.Offline)
        ? settings with { Offline = CommonOptions.Offline.Name } : settings;

    /// <summary>Finds what was fetched.</summary>
    public static RemotePlaces Places(ParseResult line) => new(Settings(line));

    /// <summary>Looks for files here, and fetches those that are missing.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="find">Looks for them.</param>
    /// <param name="cancellationToken">Ends it; what was fetched is kept.</param>
    public async Task<T> FetchAsync<T>(ParseResult line, Func<RemotePlaces, T> find, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            var places = Places(line);
            var found = find(places);
            if (places.Missing.Count == 0 || round == Rounds)
                return found;
            await FetchAsync(line, places.Missing, cancellationToken);
        }
    }

    /// <summary>Fetches what is missing of addresses.</summary>
    public Task FetchAsync(ParseResult line, IReadOnlyCollection<RemoteAddress> addresses, CancellationToken cancellationToken) =>
        WithAsync(line, (fetcher, _) => fetcher.FetchAsync(addresses, cancellationToken));

    /// <summary>Does something with what fetches, and shows how far it comes.</summary>
    public Task WithAsync(ParseResult line, Func<Fetcher, IFetchDisplay, Task> work) => WithAsync(line, MostTries, work);

    /// <summary>What would be fetched for addresses.</summary>
    public async Task<IReadOnlyList<PlannedFetch>> PlanAsync(ParseResult line, IReadOnlyCollection<RemoteAddress> addresses,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedFetch> plans = [];
        await WithAsync(line, TriesToAsk, async (fetcher, _) => plans = await fetcher.PlanAsync(addresses, cancellationToken));
        return plans;
    }

    private Task WithAsync(ParseResult line, int tries, Func<Fetcher, IFetchDisplay, Task> work) =>
        FetchDisplay.ShowAsync(terminal, CommonOptions.VerbosityOf(line), async display =>
        {
            using var http = new HubHttp(Settings(line), tries, display.Note);
            await work(new Fetcher(http, display), display);
        });
}
