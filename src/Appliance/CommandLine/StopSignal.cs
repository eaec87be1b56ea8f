using System.Runtime.InteropServices;

namespace OmaIm.Appliance.CommandLine;

/// <summary>The first SIGTERM or SIGINT asks for a graceful stop; the second ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
    ];

    public CancellationToken Requested => _requested.Token;

    /// <summary>Ends with the first signal.</summary>
    public Task Received => _received.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _requested.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_received.TrySetResult())
        {
            context.Cancel = true;
            _requested.Cancel();
        }
    }
}
