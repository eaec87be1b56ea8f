using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client.Files;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transport.Epoll;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Client.Files;

/// <summary>A sender and a receiver of files, joined by a socket that can be torn.</summary>
internal sealed class FileBench : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SocketConnectionContextFactory _pipes = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
    private readonly MsrpLoop _loop = new();
    private readonly List<Socket> _sockets = [];

    public FileBench()
    {
        _listener.Start();
        _loop.Start();
        Endpoint = new MsrpEndpoint(_loop, new MsrpEndpointOptions { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port });
        Inbox = _directory.CreateSubdirectory("inbox").FullName;
    }

    public MsrpEndpoint Endpoint { get; }

    /// <summary>The receiver's clock.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>Where files are received.</summary>
    public string Inbox { get; }

    public string[] Received => [.. Directory.GetFiles(Inbox).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public string[] Parts => [.. Received.Where(name => name.EndsWith(".part", StringComparison.Ordinal))];

    /// <summary>A file of so many bytes to send.</summary>
    public Task<LocalFile> FileAsync(int size, string name = "cat.jpg")
    {
        var path = Path.Combine(_directory.FullName, Guid.NewGuid().ToString("N"));
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return LocalFile.OpenAsync(new FileToSend(path) { Name = name, MediaType = "image/jpeg" }, CancellationToken.None);
    }

    /// <summary>Transfers a file; the tasks say how it ended on both sides.</summary>
    /// <param name="file">What is sent.</param>
    /// <param name="selector">What was offered; null for the truth.</param>
    /// <param name="ignoresRange">The sender begins at the front, whatever was asked for.</param>
    /// <param name="options">Limits of the receiver.</param>
    /// <param name="hangs">The sender connects and says nothing.</param>
    /// <param name="begins">What the sender waits for before he says anything.</param>
    /// <param name="sent">Hears how far the sender is.</param>
    /// <param name="received">Hears how far the receiver is.</param>
    /// <param name="receiver">By which the receiver gives up.</param>
    public async Task<(Task Sending, Task<string> Receiving)> TransferAsync(
        LocalFile file,
        FileSelector? selector = null,
        bool ignoresRange = false,
        bool hangs = false,
        FileTransferOptions? options = null,
        Task? begins = null,
        IProgress<FileProgress>? sent = null,
        IProgress<FileProgress>? received = null,
        CancellationTokenSource? receiver = null)
    {
        selector ??= file.Selector;
        var sending = new FileSending(Endpoint, file, new FileTransferOptions(), TimeProvider.System, sent);
        var receiving = new FileReceiving(Endpoint, options ?? new FileTransferOptions(), Time, received);
        var part = await PartialFile.OpenAsync(Inbox, selector, CancellationToken.None);
        receiving.Expect(part, selector);
        (sending.Session.RemotePath, receiving.Session.RemotePath) = (receiving.Session.LocalPath, sending.Session.LocalPath);
        var accepting = _listener.AcceptSocketAsync();
        await Endpoint.ConnectAsync(sending.Session, "127.0.0.1", Endpoint.Port);
        var accepted = await accepting;
        _sockets.Add(accepted);
        _ = Endpoint.RunAsync(new DirectSocketContext(accepted, _pipes));
        await sending.Bound;
        var start = ignoresRange ? 0 : part.Length;
        return (hangs ? Task.CompletedTask : SendAsync(sending, start, begins ?? Task.CompletedTask), ReceiveAsync(receiving, part, receiver?.Token ?? CancellationToken.None));
    }

    /// <summary>The connection breaks without a word.</summary>
    public void Tear() => _sockets.ForEach(static socket => socket.Shutdown(SocketShutdown.Both));

    public void Dispose()
    {
        _loop.Dispose();
        Endpoint.Dispose();
        _pipes.Dispose();
        _listener.Dispose();
        _directory.Delete(recursive: true);
    }

    private static async Task SendAsync(FileSending sending, long start, Task begins)
    {
        await begins;
        await sending.SendAsync(start, CancellationToken.None);
    }

    private static async Task<string> ReceiveAsync(FileReceiving receiving, PartialFile part, CancellationToken cancellationToken)
    {
        using (part)
        {
            return await receiving.ReceiveAsync(cancellationToken);
        }
    }
}
