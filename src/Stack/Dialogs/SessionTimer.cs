using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Stack.Timing;

namespace OmaIm.Stack.Dialogs;

/// <summary>
/// The session timer of one session (RFC 4028): what was negotiated, who refreshes, and when. There is none with a peer that does not
/// support it.
/// </summary>
internal sealed class SessionTimer
{
    public const string OptionTag = "timer";

    private readonly SessionTimerOptions _options;
    private readonly LoopTimer _refreshTimer;
    private readonly LoopTimer _expiryTimer;
    private TimeSpan _minimum;

    public SessionTimer(ControlLoop loop, SessionTimerOptions options, Action onRefresh, Action onExpired)
    {
        _options = options;
        _minimum = options.Minimum;
        _refreshTimer = loop.CreateTimer(onRefresh);
        _expiryTimer = loop.CreateTimer(onExpired);
    }

    /// <summary>The session interval; null: no timer.</summary>
    public TimeSpan? Interval { get; private set; }

    /// <summary>Whether the refreshes are ours to send.</summary>
    public bool IsRefresher { get; private set; }

    /// <summary>Section 9: null when the interval may stand, else the Min-SE for a 422.</summary>
    public static TimeSpan? TooSmall(SipMessage request, SessionTimerOptions options) =>
        options.Enabled && Supports(request) && request.SessionExpires is { } asked && asked.Seconds < Seconds(options.Minimum)
            ? options.Minimum
            : null;

    /// <summary>Whether the peer forbids every interval that ends a session in reasonable time after it has vanished: no RFC has an answer of its own for that.</summary>
    public static bool TooLarge(SipMessage request, SessionTimerOptions options) =>
        options.Enabled && Supports(request) && request.MinSE is { } minimum && minimum.Seconds > Seconds(options.Maximum);

    public void Stop()
    {
        _refreshTimer.Cancel();
        _expiryTimer.Cancel();
    }

    /// <summary>Section 7.1: asks for a timer in an INVITE or UPDATE of ours.</summary>
    public void AddTo(SipMessage request)
    {
        if (!_options.Enabled)
        {
            return;
        }

        if (!Supports(request))
        {
            var others = request.Headers.GetText(SipHeaderId.Supported);
            request.Headers.Set(SipHeaderId.Supported, others is null ? OptionTag : $"{string.Join(", ", request.Supported?.Values ?? [])}, {OptionTag}");
        }

        // Within the session who refreshes keeps doing so; at its beginning the peer chooses.
        var interval = Interval is { } agreed && agreed > _minimum ? agreed : TimeSpan.FromTicks(Math.Max(_minimum.Ticks, _options.Interval.Ticks));
        var refresher = Interval is null ? "" : IsRefresher ? ";refresher=uac" : ";refresher=uas";
        request.Headers.Set(SipHeaderId.SessionExpires, Format(interval) + refresher);
        if (_minimum > _options.Minimum)
        {
            request.Headers.Set(SipHeaderId.MinSE, Format(_minimum));
        }
    }

    /// <summary>Section 7.3: a 422 says how long it must be at least. We give in once: a peer could play the game for ever.</summary>
    public bool TryRaiseMinimum(MinSEHeader minimum)
    {
        if (_minimum > _options.Minimum || minimum.Seconds <= _minimum.TotalSeconds || minimum.Seconds > _options.Maximum.TotalSeconds)
        {
            return false;
        }

        _minimum = TimeSpan.FromSeconds(minimum.Seconds);
        return true;
    }

    /// <summary>Section 7.2: what the 2xx to a request of ours says.</summary>
    public void OnResponse(SipMessage response)
    {
        if (_options.Enabled && response.SessionExpires is { } agreed)
        {
            Start(TimeSpan.FromSeconds(Math.Min(agreed.Seconds, Seconds(_options.Maximum))), isRefresher: !IsParty(agreed, "uas"));
        }
        else
        {
            Interval = null;
            Stop();
        }
    }

    /// <summary>Section 9: decides for a request of the peer and says so in our 2xx.</summary>
    public void Answer(SipMessage request, SipMessage response)
    {
        if (!_options.Enabled || !Supports(request))
        {
            Interval = null;
            Stop();
            return;
        }

        var floor = Math.Max(Seconds(_options.Minimum), request.MinSE?.Seconds ?? 0);
        var interval = TimeSpan.FromSeconds(Math.Max(floor, Math.Min(Seconds(_options.Interval), request.SessionExpires?.Seconds ?? int.MaxValue)));
        var weRefresh = request.SessionExpires is { Refresher: not null } asked ? IsParty(asked, "uas") : Interval is not null && IsRefresher;
        response.Headers.Set(SipHeaderId.SessionExpires, Format(interval) + (weRefresh ? ";refresher=uas" : ";refresher=uac"));
        if (!weRefresh)
        {
            response.Headers.Set(SipHeaderId.Require, OptionTag);
        }

        Start(interval, weRefresh);
    }

    private static bool Supports(SipMessage request) =>
        request.Supported?.Contains(OptionTag) == true || request.Require?.Contains(OptionTag) == true;

    private static bool IsParty(SessionExpiresHeader header, string party) =>
        string.Equals(header.Refresher, party, StringComparison.OrdinalIgnoreCase);

    private static int Seconds(TimeSpan span) => (int)span.TotalSeconds;

    private static string Format(TimeSpan span) => Seconds(span).ToString(CultureInfo.InvariantCulture);

    /// <summary>Section 10: a refresh at half the interval; a BYE shortly before its end, by whoever misses the refresh.</summary>
    private void Start(TimeSpan interval, bool isRefresher)
    {
        Interval = interval;
        IsRefresher = isRefresher;
        Stop();
        if (isRefresher)
        {
            _refreshTimer.Restart(interval / 2);
        }

        var margin = Math.Min(32, interval.TotalSeconds / 3);
        _expiryTimer.Restart(interval - TimeSpan.FromSeconds(margin));
    }
}
