using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Files;

/// <summary>The transfers that this side begins (RFC 5547 section 8.1): it pushes a file, or fetches one. Any thread.</summary>
internal sealed class FileTransfers(ImRuntime runtime, UserAgent agent, FileTransferOptions options)
{
    public async Task PushAsync(SipUri to, FileToSend file, IProgress<FileProgress>? progress, CancellationToken cancellationToken)
    {
        using var local = await LocalFile.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await runtime.InvokeAsync(async () =>
        {
            FileSending? sending = null;
            var leg = new FileLeg(runtime, agent);
            try
            {
                var offer = new FileTransfer
                {
                    Selector = local.Selector,
                    TransferId = RandomToken.Create(),
                    Disposition = file.Disposition,
                    Range = new FileRange(1, local.Size),
                };
                var remote = await leg.InviteAsync(
                    to, endpoint => sending = new FileSending(endpoint, local, options, runtime.Time, progress), MediaDirection.SendOnly, offer, file.Icon, cancellationToken);
                await leg.ConnectAsync(remote, cancellationToken);
                await sending!.SendAsync(StartOf(remote.File!.Range, local.Size), cancellationToken);
            }
            catch
            {
                _ = leg.EndAsync(); // what the other side says to that is not waited for
                throw;
            }

            await leg.EndAsync();
        }).ConfigureAwait(false);
    }

    public Task<string> FetchAsync(SipUri from, FileSelector selector, string directory, IProgress<FileProgress>? progress, CancellationToken cancellationToken) =>
        runtime.InvokeAsync(async () =>
        {
            FileReceiving? receiving = null;
            PartialFile? part = null;
            var leg = new FileLeg(runtime, agent);
            try
            {
                var there = PartialFile.LengthOf(directory, selector);
                var offer = new FileTransfer
                {
                    Selector = selector,
                    TransferId = RandomToken.Create(),
                    Range = there > 0 ? new FileRange(there + 1, null) : null,
                };
                var remote = await leg.InviteAsync(
                    from, endpoint => receiving = new FileReceiving(endpoint, options, runtime.Time, progress), MediaDirection.ReceiveOnly, offer, icon: null, cancellationToken);

                // What was asked for counts; the answer adds what was not known.
                var answered = remote.File!.Selector;
                var wanted = answered with { Hashes = selector.Hashes.Count > 0 ? selector.Hashes : answered.Hashes, Size = selector.Size ?? answered.Size };
                if (FileDigest.IsBeyond(wanted))
                {
                    throw ImException.FromSip(488, "the file could not be checked: none of its hashes is known");
                }

                part = await PartialFile.OpenAsync(directory, wanted, cancellationToken);
                if (part.Length != there)
                {
                    part.Restart();
                }

                receiving!.Expect(part, wanted);
                await leg.ConnectAsync(remote, cancellationToken);
                var path = await receiving.ReceiveAsync(cancellationToken);
                _ = leg.EndLaterAsync(); // a BYE at once would overtake the report
                return path;
            }
            catch
            {
                _ = leg.EndAsync();
                await (receiving?.StopAsync() ?? Task.CompletedTask);
                throw;
            }
            finally
            {
                part?.Dispose();
            }
        });

    /// <summary>Where to begin, from 0: at the front, unless the other side has something already.</summary>
    internal static long StartOf(FileRange? range, long size) => range is { Start: var start } && start - 1 <= size ? start - 1 : 0;
}
