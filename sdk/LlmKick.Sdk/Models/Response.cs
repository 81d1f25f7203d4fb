using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>A model's answer.</summary>
/// <param name="Index">Which request of the list it answers.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChooseResponse), "choose")]
[JsonDerivedType(typeof(RollingResponse), "rolling")]
[JsonDerivedType(typeof(GenerateResponse), "generate")]
[JsonDerivedType(typeof(DivergenceResponse), "divergence")]
public abstract record Response([property: JsonIgnore] int Index);
