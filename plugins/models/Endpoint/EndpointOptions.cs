using LlmKick.Sdk.Options;

namespace LlmKick.Endpoint;

/// <summary>Options of <see cref="EndpointLoader"/>.</summary>
internal sealed record EndpointOptions : IValidatedOptions
{
    [Option("The server's address, with the version where it has one.")]
    public string Url { get; init; } = "https://api.openai.com/v1";

    [Option("The model's name as the server knows it, such as gpt-4o-2024-08-06: one with a date stays the same.", Required = true)]
    public string Model { get; init; } = "";

    [Option("The environment variable that holds the key; left out for servers that ask for none. The key is written nowhere.",
        ChangesNothing = true)]
    public string? KeyVariable { get; init; }

    [Option("Randomness of answers; 0 takes the most probable token. The paper's judge has 0.2, and 0.1 for summaries.", Min = 0, Max = 2)]
    public double Temperature { get; init; }

    [Option("Requests that are under way at once; more are faster until the server's limit.", Min = 1, Max = 256, ChangesNothing = true)]
    public int Concurrency { get; init; } = 4;

    [Option("How often a request that failed in passing is tried again, later each time, or when the server says (Retry-After).",
        Min = 0, Max = 20, ChangesNothing = true)]
    public int Retries { get; init; } = 5;

    [Option("Seconds that one try may take.", Min = 1, Max = 3600, ChangesNothing = true)]
    public int Timeout { get; init; } = 120;

    [Option("Price of a million tokens read, in any currency; with `output_price` the run says what its replies cost.", Min = 0,
        ChangesNothing = true)]
    public double? InputPrice { get; init; }

    [Option("Price of a million tokens written.", Min = 0, ChangesNothing = true)]
    public double? OutputPrice { get; init; }

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return new OptionFault("url",
                $"'{Url}' is no address of a server; write it as https://api.openai.com/v1 or http://localhost:8080/v1.");
        if (InputPrice is null != OutputPrice is null)
            yield return new OptionFault(InputPrice is null ? "output_price" : "input_price",
                "one price alone gives no cost: give both, or none");
    }
}
