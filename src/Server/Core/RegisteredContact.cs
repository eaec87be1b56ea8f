using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Core;

/// <summary>One device of a user.</summary>
/// <param name="Uri">The Request-URI for it: its Contact.</param>
/// <param name="Flow">The way to it.</param>
/// <param name="Q">Its preference, 0 to 1.</param>
/// <param name="Features">What it said about itself when it registered (RFC 3840).</param>
public sealed record RegisteredContact(SipUri Uri, SipFlow Flow, double Q, FeatureSet Features);
