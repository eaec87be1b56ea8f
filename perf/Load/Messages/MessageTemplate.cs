using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Text;

namespace OmaIm.Load.Messages;

/// <summary>
/// The messages of one sender: a CPIM message (RFC 3862) to the room around a text that begins with a <see cref="Marker"/>. Two messages
/// differ in their markers only, so that they are made by a copy and checked by a comparison.
/// </summary>
internal sealed class MessageTemplate
{
    private const string Words = "the quick brown fox jumps over the lazy dog and then some more ";

    private readonly byte[] _body;
    private readonly byte[] _from;
    private readonly byte[] _to;

    public MessageTemplate(uint sender, string from, string to, int textLength, DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(textLength, Marker.Length);
        TextLength = textLength;
        _from = Encoding.UTF8.GetBytes(from);
        _to = Encoding.UTF8.GetBytes(to);
        var text = new byte[textLength];
        for (var at = 0; at < text.Length; at++)
        {
            text[at] = (byte)Words[(int)((at + sender) % (uint)Words.Length)];
        }

        new Marker(sender, 0, 0).Write(text);
        _body = CpimWriter.Wrap(from, null, to, time, "text/plain;charset=UTF-8", text);
        Sender = sender;
    }

    public const string ContentType = "message/cpim";

    public uint Sender { get; }

    /// <summary>Bytes of the text, its marker included: the end of every body.</summary>
    public int TextLength { get; }

    public int BodyLength => _body.Length;

    /// <summary>A body to be stamped, sent, and used again once it is sent.</summary>
    public byte[] Create() => [.. _body];

    public void Stamp(Span<byte> body, int sequence, long due) => new Marker(Sender, sequence, due).Write(body[^TextLength..]);

    /// <summary>
    /// Whether a received message is what was sent but for its marker: the text byte by byte, the sender and the room. Other CPIM headers
    /// are the server's to write anew.
    /// </summary>
    public bool IsIntact(ReadOnlySpan<byte> body) =>
        body.Length >= TextLength
        && body[^TextLength..][Marker.Length..].SequenceEqual(_body.AsSpan()[^TextLength..][Marker.Length..])
        && CpimHeaderBlock.Scan(body, out var block) == ParseStatus.Complete
        && block is { FromCount: 1, ToCount: 1 }
        && block.FromUri.SequenceEqual(_from)
        && block.ToUri.SequenceEqual(_to);
}
