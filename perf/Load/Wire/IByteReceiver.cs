namespace OmaIm.Load.Wire;

/// <summary>Takes the bytes of a connection apart. Everything comes on the loop's thread.</summary>
internal interface IByteReceiver
{
    /// <summary>Looks at what has come; returns how many bytes are done with. The others come again with more behind them.</summary>
    int OnBytes(WireConnection connection, ReadOnlySpan<byte> data);

    /// <summary>The peer has closed the connection, it broke, or it carries what it should not.</summary>
    void OnClosed(string reason);
}
