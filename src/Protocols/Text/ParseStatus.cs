namespace OmaIm.Protocols.Text;

/// <summary>What a parser says of the bytes it was shown. Nothing is consumed unless it is <see cref="Complete"/>.</summary>
public enum ParseStatus
{
    /// <summary>One whole element was read and its length is known.</summary>
    Complete,

    /// <summary>The bytes are a proper beginning; show more.</summary>
    NeedMoreData,

    /// <summary>No continuation can make these bytes right; the reason says why.</summary>
    Malformed,
}
