using System.Collections;

namespace OmaIm.Protocols.Sip;

public sealed class SipHeaders : IEnumerable<SipHeaderField>
{
    public int Count => throw new NotImplementedException();
    public void Add(SipHeaderId id, string value) => throw new NotImplementedException();
    public void Add(string name, string value) => throw new NotImplementedException();
    public void Set(SipHeaderId id, string value) => throw new NotImplementedException();
    public void Prepend(SipHeaderId id, string value) => throw new NotImplementedException();
    /// <summary>Replaces the first value (list element) in its place.</summary>
    public void ReplaceFirst(SipHeaderId id, string value) => throw new NotImplementedException();
    public void Remove(SipHeaderId id) => throw new NotImplementedException();
    public void Remove(string name) => throw new NotImplementedException();
    /// <summary>Removes the first value (list element), such as the top Via.</summary>
    public void RemoveFirst(SipHeaderId id) => throw new NotImplementedException();
    public bool Contains(SipHeaderId id) => throw new NotImplementedException();
    public int CountOf(SipHeaderId id) => throw new NotImplementedException();
    public ReadOnlySpan<byte> Get(SipHeaderId id) => throw new NotImplementedException();
    public string? GetText(SipHeaderId id) => throw new NotImplementedException();
    public string? GetText(string name) => throw new NotImplementedException();
    /// <summary>True when the header is there and its typed reading fails.</summary>
    public bool IsMalformed(SipHeaderId id) => throw new NotImplementedException();
    public IEnumerator<SipHeaderField> GetEnumerator() => throw new NotImplementedException();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
