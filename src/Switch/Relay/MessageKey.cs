using System.Runtime.CompilerServices;

namespace OmaIm.Switch.Relay;

/// <summary>A Message-ID, kept without an object: 4 to 32 characters (RFC 4975 section 9, ident), filled up with zeros.</summary>
[InlineArray(Capacity)]
internal struct MessageKey
{
    private const int Capacity = 32;

    private byte _first;

    public MessageKey(ReadOnlySpan<byte> messageId) => messageId.CopyTo(this);

    /// <summary>The id as it is written.</summary>
    public static ReadOnlySpan<byte> Bytes(in MessageKey key)
    {
        ReadOnlySpan<byte> all = key;
        var length = all.IndexOf((byte)0);
        return length < 0 ? all : all[..length];
    }

    public static bool Equals(in MessageKey one, in MessageKey other) => ((ReadOnlySpan<byte>)one).SequenceEqual(other);
}
