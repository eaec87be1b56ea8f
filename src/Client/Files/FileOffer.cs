using OmaIm.Client.Signalling;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client.Files;

/// <summary>Somebody offers a file, or asks for one (RFC 5547); not answered yet.</summary>
public sealed class FileOffer
{
    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly FileTransferOptions _options;
    private readonly ServerTransaction _invite;
    private readonly SessionDescription _description;
    private readonly FileTransfer _file;
    private int _isAnswered;

    private FileOffer(ImRuntime runtime, UserAgent agent, FileTransferOptions options, ServerTransaction invite, SessionDescription description, MsrpMedia media)
    {
        (_runtime, _agent, _options, _invite, _description) = (runtime, agent, options, invite, description);
        _file = media.File!;
        IsRequest = media.Direction == MediaDirection.ReceiveOnly;
        var request = invite.Request;
        From = (request.PAssertedIdentities is [{ } asserted, ..] ? asserted.Uri : request.From!.Uri).Aor;
    }

    /// <summary>Who offers.</summary>
    public string From { get; }

    /// <summary>Whether the other side wants a file of ours: then answer by <see cref="ProvideAsync"/>, not by <see cref="AcceptAsync"/>.</summary>
    public bool IsRequest { get; }

    /// <summary>What the other side says of the file. Its name is not safe to be used as one.</summary>
    public FileSelector Selector => _file.Selector;

    /// <summary>A name for the file that can do no harm: the one that it gets.</summary>
    public string Name => SafeFileName.Of(_file.Selector.Name);

    /// <summary><see cref="FileTransfer.Render"/> or <see cref="FileTransfer.Attachment"/>; null when not told.</summary>
    public string? Disposition => _file.Disposition;

    /// <summary>The preview that came with the offer; null for none, and for one that is too large.</summary>
    public FileIcon? Icon { get; private init; }

    /// <summary>Receives the file into a directory, under its safe name, numbered where that is taken. Goes on with what an earlier transfer has left.</summary>
    /// <returns>The path of the file, whole and checked.</returns>
    /// <exception cref="ImException">Too large, withdrawn, broken, or not the file that was offered.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<string> AcceptAsync(string directory, IProgress<FileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Claim(isRequest: false);
        if (Selector.Size > _options.MaximumSize)
        {
            Respond(403, "Size Exceeded");
            throw ImException.FromSip(413, "the file is too large");
        }

        if (FileDigest.IsBeyond(Selector))
        {
            Respond(488, "Unknown Hash Algorithm");
            throw ImException.FromSip(488, "the file could not be checked: none of its hashes is known");
        }

        PartialFile part;
        try
        {
            part = await PartialFile.OpenAsync(directory, Selector, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Respond(480, "Cannot Be Written");
            throw;
        }

        using (part)
        {
            return await _runtime.InvokeAsync(() => ReceiveAsync(part, progress, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a file of ours to the one who asks for it.</summary>
    public async Task ProvideAsync(FileToSend file, IProgress<FileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Claim(isRequest: true);
        using var local = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await _runtime.InvokeAsync(async () =>
        {
            FileSending? sending = null;
            var leg = new FileLeg(_runtime, _agent);
            try
            {
                var start = FileTransfers.StartOf(_file.Range, local.Size);
                var answer = _file with { Selector = local.Selector, Range = _file.Range is null ? null : new FileRange(start + 1, local.Size), Icon = null, Dates = null };
                var remote = await leg.AcceptAsync(
                    _invite, _description, endpoint => sending = new FileSending(endpoint, local, _options, _runtime.Time, progress), MediaDirection.SendOnly, answer, cancellationToken);
                await leg.ConnectAsync(remote, cancellationToken);
                await sending!.SendAsync(start, cancellationToken);
            }
            finally
            {
                _ = leg.EndAsync(); // the report is here: nothing is waited for
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Declines (603, RFC 3261 section 21.6.2). The first answer counts.</summary>
    public void Decline()
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0)
        {
            Respond(603, null);
        }
    }

    /// <summary>The offer in an INVITE; null when it offers no file.</summary>
    internal static FileOffer? Read(ImRuntime runtime, UserAgent agent, FileTransferOptions options, ServerTransaction invite)
    {
        var contentType = invite.Request.Headers.GetText(SipHeaderId.ContentType) ?? string.Empty;
        IReadOnlyList<BodyPart> parts = MultipartBody.TryParse(contentType, invite.Request.Body, out var several)
            ? several
            : [BodyPart.Create(contentType.Length > 0 ? contentType : "application/sdp", invite.Request.Body)];
        if (parts.FirstOrDefault(part => part.MediaType == "application/sdp") is not { } sdp ||
            !SessionDescription.TryParse(sdp.Content.Span, out var description) || !MsrpOfferAnswer.TryReadFileOffer(description, out var media))
        {
            return null;
        }

        var icon = media.File!.Icon is { } id ? parts.FirstOrDefault(part => part.Header("Content-ID") == $"<{id}>") : null;
        return new FileOffer(runtime, agent, options, invite, description, media)
        {
            Icon = icon is not null && icon.Content.Length <= options.MaximumIcon ? new FileIcon(icon.MediaType, icon.Content) : null,
        };
    }

    private async Task<string> ReceiveAsync(PartialFile part, IProgress<FileProgress>? progress, CancellationToken cancellationToken)
    {
        FileReceiving? receiving = null;
        var leg = new FileLeg(_runtime, _agent);
        try
        {
            // Only a sender who speaks of ranges can send a rest.
            var canBegin = _options.AsksForRest && _file.Range is { Start: 1 } && part.Length > 0;
            if (!canBegin && part.Length > 0)
            {
                part.Restart();
            }

            var answer = _file with { Range = canBegin ? new FileRange(part.Length + 1, Selector.Size) : _file.Range, Icon = null, Dates = null };
            var remote = await leg.AcceptAsync(
                _invite, _description, endpoint => receiving = new FileReceiving(endpoint, _options, _runtime.Time, progress), MediaDirection.ReceiveOnly, answer, cancellationToken);
            receiving!.Expect(part, Selector);
            await leg.ConnectAsync(remote, cancellationToken);
            var path = await receiving.ReceiveAsync(cancellationToken);
            _ = leg.EndLaterAsync();
            return path;
        }
        catch
        {
            _ = leg.EndAsync();
            await (receiving?.StopAsync() ?? Task.CompletedTask);
            throw;
        }
    }

    private async Task<LocalFile> OpenAsync(FileToSend file, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalFile.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Respond(480, "Cannot Be Read");
            throw;
        }
    }

    private void Claim(bool isRequest)
    {
        if (isRequest != IsRequest || Interlocked.Exchange(ref _isAnswered, 1) != 0)
        {
            throw new InvalidOperationException("The offer is answered already, or is one of the other kind.");
        }
    }

    private void Respond(int status, string? phrase) => _runtime.Loop.Post(() =>
    {
        if (!_invite.IsAnswered)
        {
            _invite.Respond(status, phrase);
        }
    });
}
