namespace OmaIm.Load.Traffic;

/// <summary>What a request of the driver is about; the letter that its transaction id begins with.</summary>
internal enum TransactionKind : byte
{
    Binding = (byte)'a',
    Chat = (byte)'c',
    Big = (byte)'b',
}
