using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;

namespace OmaIm.Load.Anchor;

/// <summary>Sends a file from one socket to another through what listens at a port; both ends are the same whatever that is.</summary>
internal sealed class FileTransfer(FileContent content)
{
    private const int ReceiveLength = 256 * 1024;
    private const string MessageId = "file0001";

    /// <summary>Through a plain copy; returns bytes a second, and whether what came is what was sent.</summary>
    /// <exception cref="LoadException">It ended in the middle.</exception>
    public async Task<(double Rate, bool IsEqual)> CopyAsync(int port)
    {
        using var sender = Connect("127.0.0.1", port);
        using var receiver = Connect("127.0.0.1", port);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var seconds = await TimeAsync(() => SendBody(sender), () => ReceiveBody(receiver, hash));
        return (content.Length / seconds, content.Hash.AsSpan().SequenceEqual(hash.GetHashAndReset()));
    }

    /// <summary>As one message through a session; returns bytes a second, and whether what came is what was sent.</summary>
    /// <param name="here">The end that sends.</param>
    /// <param name="there">The end that receives.</param>
    /// <exception cref="LoadException">It ended in the middle, or was refused.</exception>
    public async Task<(double Rate, bool IsEqual)> RelayAsync(MemberPath here, MemberPath there)
    {
        using var sender = Connect(here.Host, here.Port);
        using var receiver = Connect(there.Host, there.Port);
        Attempt(() => Bind(sender, here));
        Attempt(() => Bind(receiver, there));
        var sink = new FileSink(receiver, content.Length);
        var seconds = await TimeAsync(() => SendMessage(sender, here), () => sink.Run(new byte[ReceiveLength]));
        return (content.Length / seconds, content.Hash.AsSpan().SequenceEqual(sink.Hash));
    }

    internal static int Receive(Socket socket, Span<byte> buffer)
    {
        var received = socket.Receive(buffer);
        return received > 0 ? received : throw new LoadException("the connection ended in the middle of the file");
    }

    /// <summary>Does both at once; returns the seconds until all was received. What fails first is the failure of both.</summary>
    private static async Task<double> TimeAsync(Action send, Action receive)
    {
        var (beganAt, receivedAt) = (Clock.Now, 0L);
        var sending = OnThread(send);
        var receiving = OnThread(() =>
        {
            receive();
            receivedAt = Clock.Now;
        });
        await await Task.WhenAny(sending, receiving);
        await Task.WhenAll(sending, receiving);
        return (receivedAt - beganAt) / (double)Clock.Second;
    }

    private static Task OnThread(Action action) => Task.Factory.StartNew(
        () => Attempt(action), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (SocketException failure)
        {
            throw new LoadException($"the connection broke: {failure.Message}", failure);
        }
    }

    private static Socket Connect(string host, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Attempt(() => socket.Connect(IPAddress.Parse(host.Trim('[', ']')), port));
        return socket;
    }

    private static void Bind(Socket socket, MemberPath end)
    {
        SendAll(socket, Encoding.ASCII.GetBytes(
            $"MSRP bind0001 SEND\r\nTo-Path: {end.RemotePath}\r\nFrom-Path: {end.LocalPath}\r\nMessage-ID: bind0001\r\nByte-Range: 1-0/0\r\n-------bind0001$\r\n"));
        RequireOk(socket);
    }

    private static void RequireOk(Socket socket)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("$\r\n"u8))
        {
            length += Receive(socket, buffer.AsSpan(length));
        }

        if (buffer.AsSpan(0, length).IndexOf(" 200 OK\r\n"u8) < 0)
        {
            throw new LoadException($"the server answered: {Encoding.ASCII.GetString(buffer, 0, length)}");
        }
    }

    private void SendMessage(Socket socket, MemberPath end)
    {
        var id = "file" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        SendAll(socket, Encoding.ASCII.GetBytes(
            $"MSRP {id} SEND\r\nTo-Path: {end.RemotePath}\r\nFrom-Path: {end.LocalPath}\r\nMessage-ID: {MessageId}\r\n"
            + $"Byte-Range: 1-*/{content.Length}\r\nContent-Type: application/octet-stream\r\n\r\n"));
        SendBody(socket);
        SendAll(socket, Encoding.ASCII.GetBytes($"\r\n-------{id}$\r\n"));
        RequireOk(socket);
    }

    private void ReceiveBody(Socket socket, IncrementalHash hash)
    {
        var buffer = new byte[ReceiveLength];
        for (var left = content.Length; left > 0;)
        {
            var received = Receive(socket, buffer);
            hash.AppendData(buffer, 0, received);
            left -= received;
        }
    }

    private void SendBody(Socket socket)
    {
        for (var at = 0L; at < content.Length;)
        {
            var block = content.Block(at);
            SendAll(socket, block.Span);
            at += block.Length;
        }
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            data = data[socket.Send(data)..];
        }
    }
}
