namespace LlmKick.Hub;

/// <summary>Shows how far downloads have come.</summary>
internal interface IFetchDisplay
{
    /// <summary>Told what is fetched, before it begins.</summary>
    /// <param name="line">A line that stays.</param>
    void Note(string line);

    /// <summary>Told how far it has come; often, and from several threads.</summary>
    /// <param name="name">What is fetched.</param>
    /// <param name="done">Bytes that are here.</param>
    /// <param name="total">Bytes of all; null where that is not known.</param>
    void Show(string name, long done, long? total);
}
