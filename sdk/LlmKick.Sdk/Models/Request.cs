using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>A question to a model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChooseRequest), "choose")]
[JsonDerivedType(typeof(RollingRequest), "rolling")]
[JsonDerivedType(typeof(GenerateRequest), "generate")]
[JsonDerivedType(typeof(DivergenceRequest), "divergence")]
public abstract record Request;
