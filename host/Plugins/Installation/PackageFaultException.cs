namespace LlmKick.Plugins.Installation;

/// <summary>What is wrong with a package. Whoever knows which package it is makes a sentence of it.</summary>
/// <param name="message">The end of a sentence that names the package, without a full stop.</param>
/// <param name="cause">What led to it.</param>
internal sealed class PackageFaultException(string message, Exception? cause = null) : Exception(message, cause);
