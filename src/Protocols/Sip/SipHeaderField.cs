using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>One header line of a message, folded lines joined.</summary>
public struct SipHeaderField
{
    private readonly ReadOnlyMemory<byte> _name;

    /// <summary>What the header says, once read: a header, an array of headers, or the mark of a malformed one.</summary>
    internal object? Typed;

    internal SipHeaderField(SipHeaderId id, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value)
    {
        Id = id;
        _name = name;
        Value = value;
    }

    /// <summary>Which header it is; <see cref="SipHeaderId.Unknown"/> for one without a type of its own.</summary>
    public readonly SipHeaderId Id { get; }

    /// <summary>The value without the spaces around it.</summary>
    public readonly ReadOnlyMemory<byte> Value { get; }

    /// <summary>The name in bytes: canonical when known, otherwise as it came.</summary>
    public readonly ReadOnlySpan<byte> Name => Id == SipHeaderId.Unknown ? _name.Span : SipHeaderNames.Canonical(Id);

    /// <summary>The name: canonical when known, otherwise as it came.</summary>
    public readonly string NameText => Encoding.UTF8.GetString(Name);

    /// <summary>The value as text, without control characters.</summary>
    public readonly string ValueText => PlainText.Read(Value.Span);

    internal readonly bool IsNamed(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Name, name);
}
