using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Hub;

/// <summary>Asks servers: follows them to other hosts, where the token does not go along, and tells what passes from what does
/// not.</summary>
/// <param name="settings">Where the hub is.</param>
/// <param name="tries">How often in a row something may fail that can pass.</param>
/// <param name="tell">Takes a line before each wait between two tries; none is told unless given.</param>
internal sealed partial class HubHttp(HubSettings settings, int tries, Action<string>? tell = null) : IDisposable
{
    private const int MaxRedirects = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = settings.Patience,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Where the hub is.</summary>
    public HubSettings Settings => settings;

    /// <summary>Does something again after a pause for as long as it fails in a way that can pass.</summary>
    /// <param name="work">Tries it; returns whether it came farther than before where it fails.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> TryAsync<T>(Func<Task<T>> work, Func<long> progress, CancellationToken cancellationToken)
    {
        var (failures, last) = (0, progress());
        while (true)
            try
            {
                return await work();
            }
            catch (PassingException failure)
            {
                if (progress() is var now && now > last)
                    (failures, last) = (0, now);
                if (++failures >= tries || failure.IsFinal)
                    throw new LlmKickException(failure.Message, failure);
                var pause = failure.Pause ?? TimeSpan.FromSeconds(Math.Min(1 << (failures - 1), 16));
                if (pause > LongestPause)
                    throw new LlmKickException($"{failure.Fault}, and asks for {(int)pause.TotalMinutes} minutes of patience: run the "
                        + $"same command again then.", failure);
                tell?.Invoke($"waiting {Math.Ceiling(pause.TotalSeconds):0} s: {char.ToLowerInvariant(failure.Fault[0])}"
                    + failure.Fault[1..]);
                await settings.Pause(pause, cancellationToken);
            }
    }

    /// <summary>Asks once.</summary>
    /// <param name="address">Whom and what.</param>
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PassingException">It failed in a way that can pass.</exception>
    /// <exception cref="RefusedException">The server will not.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, long from, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            var response = await SendAsync(address, from, cancellationToken);
            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } place)
            {
                response.Dispose();
                address = Next(address, place);
                continue;
            }
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
                return response;
            using (response)
                throw Fault(address, response, settings.IsHub(address));
        }
        throw new LlmKickException($"'{address.Host}' leads from one address to the next without end: try again later, or tell its owner.");
    }

    /// <summary>What stands at an address, whatever it is; no other address is followed.</summary>
    /// <param name="address">Whom and what.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PassingException">Nothing answers.</exception>
    public async Task<HubAnswer> AnswerAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(address, 0, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (text, count) = (new byte[1 << 16], 0);
        while (count < text.Length && await ReadAsync(address, body, text.AsMemory(count), cancellationToken) is > 0 and var more)
            count += more;
        return new HubAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location,
            Header(response, "X-Error-Code") ?? Header(response, "X-Error-Message"), text.AsMemory(0, count));
    }

    /// <summary>The body as text, within a limit.</summary>
    public async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(settings.Patience * 6);
        return await GuardAsync(response.RequestMessage!.RequestUri!, () => response.Content.ReadAsStringAsync(waiting.Token),
            cancellationToken);
    }

    /// <summary>The next bytes of a body; 0 at its end. The server may take its time between them, not more.</summary>
    public async Task<int> ReadAsync(Uri address, Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(settings.Patience);
        return await GuardAsync(address, () => body.ReadAsync(buffer, waiting.Token).AsTask(), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("llmkick", null));
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        if (settings.Token is { } token && settings.IsHub(address))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(settings.Patience);
        return await GuardAsync(address,
            () => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, waiting.Token), cancellationToken);
    }

    private static async Task<T> GuardAsync<T>(Uri address, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PassingException($"'{address.Authority}' does not answer", "check the connection and try again.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Unreachable(address, failure);
        }
    }

    private static PassingException Unreachable(Uri address, Exception failure)
    {
        var (who, error) = ($"'{address.Authority}'", (failure as HttpRequestException)?.HttpRequestError);
        return error switch
        {
            HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError => new($"{who} cannot be reached",
                "check the connection, or work with what is here by --offline.", failure)
            { IsFinal = failure.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound } },
            HttpRequestError.SecureConnectionError when failure.InnerException is AuthenticationException => new(
                $"{who} cannot be trusted",
                "its certificate does not hold, or it has none. Check the address, and the certificates and the clock of this machine.",
                failure) { IsFinal = true },
            HttpRequestError.ProxyTunnelError => new($"The proxy does not let through to {who}",
                "check HTTPS_PROXY and NO_PROXY, or work with what is here by --offline.", failure)
            { IsFinal = failure is HttpRequestException { StatusCode: not >= HttpStatusCode.InternalServerError } },
            _ => new($"The connection to {who} broke", "check it and try again; what was fetched is kept.", failure),
        };
    }

    private static Uri Next(Uri from, Uri place)
    {
        var next = place.IsAbsoluteUri ? place : new Uri(from, place);
        return next is { Scheme: "https" or "http" } && (next.Scheme == from.Scheme || next.Scheme == Uri.UriSchemeHttps) ? next
            : throw new LlmKickException($"'{from.Authority}' leads to an address that is not followed, from {from.Scheme} to "
                + $"{next.Scheme}: tell its owner.");
    }

    private static Exception Fault(Uri address, HttpResponseMessage response, bool isHub)
    {
        var (status, who) = ((int)response.StatusCode, isHub ? "The hub" : $"'{address.Authority}'");
        return status switch
        {
            429 => new PassingException($"{who} answered 429, too many requests", "try again later, or with a token.")
            {
                Pause = RetryAfter(response),
            },
            // 501, 505 and 511 are the same the next time: what is asked for is not done here, or a page to log in stands between.
            408 or (>= 500 and not (501 or 505 or 511)) =>
                new PassingException($"{who} answered {status}", "try again later; what was fetched is kept.")
                {
                    Pause = RetryAfter(response),
                },
            _ => new RefusedException(address, status, Header(response, "X-Error-Code"), Header(response, "X-Error-Message")),
        };
    }

    /// <summary>How long the server asks to wait, and a second for its clock.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - DateTimeOffset.UtcNow
            : Limit().Match(Header(response, "RateLimit") ?? "") is { Success: true } match
                ? TimeSpan.FromSeconds(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) : null;
        return asked is { } time ? (time > TimeSpan.Zero ? time : TimeSpan.Zero) + TimeSpan.FromSeconds(1) : null;
    }

    /// <summary>A header's value, or null.</summary>
    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    [GeneratedRegex(@"(?:^|;)\s*t=(\d{1,6})", RegexOptions.CultureInvariant)]
    private static partial Regex Limit();
}

/// <summary>Something failed that may work the next time.</summary>
/// <param name="fault">What failed: a sentence without its end.</param>
/// <param name="advice">What to do.</param>
/// <param name="cause">What led to it.</param>
internal sealed class PassingException(string fault, string advice, Exception? cause = null) : Exception($"{fault}: {advice}", cause)
{
    /// <summary>What failed: a sentence without its end.</summary>
    public string Fault => fault;

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Whether another try, soon, cannot mend it, such as a certificate that does not hold.</summary>
    public bool IsFinal { get; init; }
}

/// <summary>A server that will not.</summary>
/// <param name="address">What it was asked.</param>
/// <param name="status">Its status.</param>
/// <param name="code">The hub's word for the reason.</param>
/// <param name="told">The hub's sentence.</param>
internal sealed class RefusedException(Uri address, int status, string? code, string? told)
    : Exception($"'{address.Authority}' refuses (status {status}).")
{
    /// <summary>Whom.</summary>
    public Uri Address => address;

    /// <summary>Its status.</summary>
    public int Status => status;

    /// <summary>The hub's word for the reason.</summary>
    public string? Code => code;

    /// <summary>The hub's sentence.</summary>
    public string? Told => told;
}
