using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace LlmKick.Tests;

/// <summary>An OpenAI-compatible server on this machine that answers what a test says.</summary>
internal sealed class ChatServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<int, JsonNode, ChatReply> reply;
    private readonly Lock gate = new();
    private int open;

    public ChatServer(Func<int, JsonNode, ChatReply> reply)
    {
        this.reply = reply;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/v1/";
        }
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = ListenAsync();
    }

    public string Url { get; }

    /// <summary>When each request came, with its key.</summary>
    public List<(DateTime Time, string? Authorization)> Calls { get; } = [];

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.GetContextAsync());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var call = Enter(context.Request.Headers["Authorization"]);
        var asked = JsonNode.Parse(await new StreamReader(context.Request.InputStream).ReadToEndAsync())!;
        var answer = reply(call, asked);
        await Task.Delay(answer.Delay);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter is { } seconds)
            context.Response.Headers["Retry-After"] = seconds;
        lock (gate)
            open--;
        context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: false);
    }

    private int Enter(string? authorization)
    {
        lock (gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++open);
            Calls.Add((DateTime.UtcNow, authorization));
            return Calls.Count - 1;
        }
    }
}
