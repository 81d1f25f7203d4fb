using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Numbers;

/// <summary>
/// Finds calls that hand libtorch a number which may be freed before libtorch has read it: TorchSharp makes a <see cref="Scalar"/> of a
/// plain number, and nothing holds it. <see cref="Number"/> makes numbers that are held.
/// </summary>
/// <remarks>
/// The build refuses these calls where it sees them (RS0030); this reads the compiled code, where <c>x += 1</c> is a call as well. Which
/// methods make such numbers is read from TorchSharp's own code: those that convert a plain number, and all that call them.
/// </remarks>
public static class UnheldNumbers
{
    private static readonly string[] Makers =
    [
        "M:TorchSharp.Scalar.op_Implicit(", "M:TorchSharp.ScalarExtensionMethods.ToScalar(",
        "M:TorchSharp.ScalarExtensionMethods.ToBFloat16Scalar(", "M:TorchSharp.torch.Tensor.ToScalar",
    ];

    /// <summary>They convert, but hold what they made; the last converts only what stands among a script's arguments as a plain
    /// number.</summary>
    private static readonly string[] Holders =
    [
        "M:TorchSharp.torch.nn.functional.hardshrink(", "M:TorchSharp.torch.nn.functional.softshrink(",
        "M:TorchSharp.torch.jit.ScriptModule.DetermineArgumentTypeRefs(",
    ];

    private static readonly Lazy<HashSet<string>> Unsafe = new(Find);

    /// <summary>Methods of TorchSharp that hand libtorch a number that nothing holds, as identifiers of documentation: those that other
    /// assemblies can call.</summary>
    public static IReadOnlySet<string> Methods => Unsafe.Value;

    /// <summary>The calls of such methods in an assembly: the calling method and the called one. Empty where all numbers are
    /// held.</summary>
    /// <param name="assembly">Path of the assembly's file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no .NET assembly.</exception>
    public static IReadOnlyList<string> In(string assembly) =>
        [.. MethodCalls.Of(assembly).Where(method => !method.Key.StartsWith($"M:{typeof(Number).FullName}.", StringComparison.Ordinal))
            .SelectMany(method => method.Value.Where(Methods.Contains), (method, called) => $"{method.Key[2..]} calls {called[2..]}")];

    private static HashSet<string> Find()
    {
        var torchSharp = typeof(Scalar).Assembly.Location;
        var calls = MethodCalls.Of(torchSharp);
        var found = calls.Keys.Where(method => StartsWithOne(method, Makers)).ToHashSet();
        for (var before = 0; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(calls.Where(method => method.Value.Overlaps(found) && !StartsWithOne(method.Key, Holders))
                .Select(method => method.Key).ToList());
        }
        found.IntersectWith(MethodCalls.Visible(torchSharp));
        return found;
    }

    private static bool StartsWithOne(string method, string[] starts) =>
        starts.Any(start => method.StartsWith(start, StringComparison.Ordinal));
}
