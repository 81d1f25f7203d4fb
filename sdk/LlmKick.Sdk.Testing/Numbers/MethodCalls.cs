using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LlmKick.Sdk.Testing.Numbers;

/// <summary>Reads which methods the methods of an assembly call, or take the address of.</summary>
internal static class MethodCalls
{
    private const byte TwoBytes = 0xFE;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value, code => code.OperandType);

    /// <summary>Each method with those it calls, as identifiers of documentation.</summary>
    public static Dictionary<string, HashSet<string>> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var (names, calls) = (new MethodNames(metadata), new Dictionary<string, HashSet<string>>());
        foreach (var handle in metadata.MethodDefinitions)
        {
            var address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address != 0)
                calls.TryAdd(names.Of(handle)!, [.. Called(file.GetMethodBody(address).GetILReader()).Select(names.Of).OfType<string>()]);
        }
        return calls;
    }

    /// <summary>The methods that other assemblies can call.</summary>
    public static HashSet<string> Visible(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var names = new MethodNames(metadata);
        return [.. metadata.MethodDefinitions.Where(handle => IsVisible(metadata, metadata.GetMethodDefinition(handle)))
            .Select(handle => names.Of(handle)!)];
    }

    private static bool IsVisible(MetadataReader metadata, MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family
            or MethodAttributes.FamORAssem
        && IsVisible(metadata, metadata.GetTypeDefinition(method.GetDeclaringType()));

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };

    private static List<EntityHandle> Called(BlobReader code)
    {
        var called = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var operand = Operands[first == TwoBytes ? unchecked((short)(first << 8 | code.ReadByte())) : first];
            if (operand is OperandType.InlineMethod or OperandType.InlineTok)
                called.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
            else
                code.ReadBytes(operand == OperandType.InlineSwitch ? 4 * code.ReadInt32() : Size(operand));
        }
        return called;
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
