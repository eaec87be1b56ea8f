namespace OmaIm.Load;

/// <summary>The run cannot go on; the message says why.</summary>
internal sealed class LoadException(string message, Exception? inner = null) : Exception(message, inner);
