namespace LlmKick.Tests.ThirdParties;

/// <summary>Tests on one <see cref="StrangersMachine"/>, one after another: they build.</summary>
[CollectionDefinition(Name)]
public sealed class ThirdPartyTests : ICollectionFixture<StrangersMachine>
{
    public const string Name = "third parties";
}
