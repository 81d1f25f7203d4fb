namespace LlmKick.Sdk.Templates.Values;

/// <summary>The mark of a variable that was never set.</summary>
internal sealed class Missing : Value
{
    private Missing() { }

    public static Missing Value { get; } = new();

    public override string TypeName => "MissingType";

    public override void Represent(System.Text.StringBuilder text) => text.Append("missing");
}
