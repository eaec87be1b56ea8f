using System.Globalization;
using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Files;

/// <summary>
/// Sends one file over its session (RFC 5547 section 8). It is sent when the receiver has reported that he has all of it, not when the next
/// hop has.
/// </summary>
internal sealed class FileSending(MsrpEndpoint endpoint, LocalFile file, FileTransferOptions options, TimeProvider time, IProgress<FileProgress>? progress)
    : FileEnd(endpoint)
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OutgoingMessage? _message;
    private FileReader? _reader;

    /// <summary>Sends the file from a byte on. Ends when the receiver has all of it.</summary>
    /// <param name="start">The first byte, from 0: the receiver has those before.</param>
    /// <param name="cancellationToken">Gives up, and tells the receiver so.</param>
    /// <exception cref="ImException">The receiver has refused it, or the connection has ended.</exception>
    /// <exception cref="IOException">The file cannot be read, or has changed.</exception>
    public async Task SendAsync(long start, CancellationToken cancellationToken)
    {
        _reader = new FileReader(file.Handle, start, file.Size, OnArrived);
        _message = new OutgoingMessage(file.File.MediaType, file.Size - start, (offset, most) => Read(start, offset, most))
        {
            ChunkSize = options.ChunkSize,
            SuccessReport = true,
            Completed = OnCompleted,
        };
        try
        {
            Session.Send(_message);
            await Task.WhenAny(_sent.Task, _reported.Task).WaitAsync(cancellationToken).ConfigureAwait(false);

            // The next hop has all of it. A receiver that never reports is not waited for for ever.
            await _reported.Task.WaitAsync(options.ReportTime, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw ImException.FromMsrp(OutgoingMessage.TimedOut);
        }
        finally
        {
            Session.Abort(_message);
            _reader.Stop();
        }
    }

    protected override void OnContent(in MsrpFrame frame) => Session.Respond(frame, MsrpRejection.ContentNotSupported);

    // Status: 000 200 OK (RFC 4975 section 7.1.2), about the message that this session has sent
    protected override void OnReport(in MsrpFrame frame)
    {
        if (_message is null || !frame.MessageId.SequenceEqual(Encoding.ASCII.GetBytes(_message.Id.ToString("x16", CultureInfo.InvariantCulture))))
        {
            return;
        }

        var isReadable = frame.Status.StartsWith("000 "u8) && frame.Status.Length >= 7;
        var status = isReadable && Digits.TryParse(frame.Status.Slice(4, 3), out var code) ? (int)code : 0;
        if (status == OutgoingMessage.Delivered)
        {
            // One about a part of it proves nothing of the rest.
            if (frame.TryGetByteRange(out var range) && range.Start == 1 && range.End >= _message.Length)
            {
                _reported.TrySetResult();
            }
        }
        else
        {
            _reported.TrySetException(ImException.FromMsrp(status));
        }
    }

    protected override void OnEnded(ImException failure) => _reported.TrySetException(failure);

    private ReadOnlySpan<byte> Read(long start, long offset, int most)
    {
        var bytes = _reader!.Read(offset, most);
        if (!bytes.IsEmpty)
        {
            progress?.Report(new FileProgress(start + offset + bytes.Length, file.Size));
        }

        return bytes;
    }

    private void OnArrived(IOException? failure)
    {
        if (failure is null)
        {
            Session.ContinueSending();
        }
        else
        {
            _reported.TrySetException(failure);
        }
    }

    private void OnCompleted(OutgoingMessage message, int status)
    {
        if (status != OutgoingMessage.Delivered)
        {
            _reported.TrySetException(status == OutgoingMessage.ConnectionLost
                ? ImException.Unreachable("the connection of the file ended")
                : ImException.FromMsrp(status));
            return;
        }

        _sent.TrySetResult();
    }
}
