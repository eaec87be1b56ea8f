using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OmaIm.Server.Admission;

/// <summary>
/// Nonces that carry their own proof (RFC 7616 section 3.3): time of issue, 64 random bits, and an HMAC over both and the realm.
/// A challenge therefore costs no memory. The time is monotonic, so that a step of the clock neither revives nor kills a nonce.
/// </summary>
public sealed class NonceSource
{
    private const int TimeLength = 8;
    private const int RandomLength = 8;
    private const int ProofLength = 16;
    private const int Length = TimeLength + RandomLength + ProofLength;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _realm;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly long _start;

    public NonceSource(string realm, TimeSpan lifetime, TimeProvider time)
    {
        _realm = Encoding.UTF8.GetBytes(realm);
        _lifetime = lifetime;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Milliseconds since this source was made: the clock of <see cref="Check"/>.</summary>
    public long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    public string Create()
    {
        Span<byte> nonce = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(nonce, Now);
        RandomNumberGenerator.Fill(nonce.Slice(TimeLength, RandomLength));
        Prove(nonce[..(TimeLength + RandomLength)], nonce[(TimeLength + RandomLength)..]);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>Tells whether a nonce is ours and fresh; <paramref name="issued"/> is its time of issue in <see cref="Now"/>'s terms.</summary>
    public NonceStatus Check(string nonce, out long issued)
    {
        issued = 0;
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> proof = stackalloc byte[ProofLength];
        if (nonce.Length != Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(nonce, bytes, out _, out var written) != OperationStatus.Done
            || written != Length)
        {
            return NonceStatus.Invented;
        }

        Prove(bytes[..(TimeLength + RandomLength)], proof);
        if (!CryptographicOperations.FixedTimeEquals(proof, bytes[(TimeLength + RandomLength)..]))
        {
            return NonceStatus.Invented;
        }

        issued = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return Now - issued <= _lifetime.TotalMilliseconds ? NonceStatus.Valid : NonceStatus.Expired;
    }

    private void Prove(ReadOnlySpan<byte> claim, Span<byte> proof)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(claim);
        hmac.AppendData(_realm);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetHashAndReset(whole);
        whole[..ProofLength].CopyTo(proof);
    }
}
