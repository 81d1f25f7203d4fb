using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;

namespace LlmKick.Sdk.Testing.Numbers;

/// <summary>Methods of an assembly, and those it refers to, under the identifiers that documentation gives them:
/// <c>M:Type.Name(Parameters)</c>.</summary>
internal sealed class MethodNames(MetadataReader metadata) : ISignatureTypeProvider<string, object?>
{
    /// <summary>The identifier of a method; null for what is none, such as a field.</summary>
    public string? Of(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition => Defined(metadata.GetMethodDefinition((MethodDefinitionHandle)handle)),
        HandleKind.MemberReference => Referred(metadata.GetMemberReference((MemberReferenceHandle)handle)),
        HandleKind.MethodSpecification => Of(metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        _ => null,
    };

    private string Defined(MethodDefinition method) =>
        Name(Type(method.GetDeclaringType()), metadata.GetString(method.Name), method.DecodeSignature(this, null));

    private string? Referred(MemberReference member) => member.GetKind() != MemberReferenceKind.Method
        ? null
        : Name(Type(member.Parent), metadata.GetString(member.Name), member.DecodeMethodSignature(this, null));

    private static string Name(string type, string name, MethodSignature<string> signature) =>
        $"M:{type}.{name.Replace('.', '#')}"
            + (signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "")
            + (signature.ParameterTypes.IsEmpty ? "" : $"({string.Join(",", signature.ParameterTypes)})")
            + (name is "op_Implicit" or "op_Explicit" ? "~" + signature.ReturnType : "");

    private string Type(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => Open(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null)),
        _ => "",
    };

    /// <summary><c>List{System.Int32}</c> is the type <c>List`1</c>.</summary>
    private static string Open(string type)
    {
        var start = type.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
            return type;
        var (depth, count) = (0, 1);
        foreach (var character in type[(start + 1)..^1])
            (depth, count) = character switch { '{' => (depth + 1, count), '}' => (depth - 1, count),
                ',' when depth == 0 => (depth, count + 1), _ => (depth, count) };
        return type[..start] + "`" + count.ToString(CultureInfo.InvariantCulture);
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return Join(outer.IsNil ? reader.GetString(type.Namespace) : GetTypeFromDefinition(reader, outer, 0), reader.GetString(type.Name));
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var outer = type.ResolutionScope.Kind == HandleKind.TypeReference
            ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)
            : reader.GetString(type.Namespace);
        return Join(outer, reader.GetString(type.Name));
    }

    private static string Join(string outer, string name) => outer.Length == 0 ? name : $"{outer}.{name}";

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle,
        byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType[..genericType.LastIndexOf('`')]}{{{string.Join(",", typeArguments)}}}";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{string.Join(",", Enumerable.Repeat("0:", shape.Rank))}]";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetByReferenceType(string elementType) => elementType + "@";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "=FUNC";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"``{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"`{index}";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "System." + typeCode;
}
