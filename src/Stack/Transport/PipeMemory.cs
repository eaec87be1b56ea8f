using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OmaIm.Stack.Transport;

/// <summary>
/// Blocks for the pipes of Kestrel's sockets. Outside of a web host Kestrel takes them from the shared array pool, which keeps what is given
/// back for the thread that did so; a pipe is filled on one thread and emptied on another, so that every block would be allocated anew.
/// </summary>
public sealed class PipeMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>Bytes kept when nobody uses them. 16 MiB, what a busy moment of a hundred connections takes; the rest is garbage.</summary>
    private const int MaximumKeptBytes = 16 * 1024 * 1024;

    private readonly ConcurrentQueue<Block> _free = new();
    private int _kept;

    private PipeMemory(int blockBytes) => MaxBufferSize = blockBytes;

    /// <summary>The pool of the process: blocks as large as Kestrel's own, a page.</summary>
    public static new PipeMemory Shared { get; } = new(4096);

    /// <summary>Blocks as large as what a record of TLS holds at most (RFC 8446 section 5.1).</summary>
    public static PipeMemory Records { get; } = new(16 * 1024);

    /// <summary>The size of a block: a smaller one is not cut, a larger one not to be had.</summary>
    public override int MaxBufferSize { get; }

    /// <summary>Options of a listener's transport whose pipes take their blocks here.</summary>
    public static SocketTransportOptions Transport()
    {
        var options = new SocketTransportOptions();
        SetFactory(options, Shared);
        return options;
    }

    /// <summary>Options of a maker of connections whose pipes take their blocks here.</summary>
    /// <param name="inline">Whether the thread that hears from the kernel goes on with what waits for it.</param>
    public static SocketConnectionFactoryOptions Connections(bool inline = false)
    {
        var options = new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = inline };
        SetFactory(options, Shared);
        return options;
    }

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        if (!_free.TryDequeue(out var block))
        {
            return new Block(this);
        }

        Interlocked.Decrement(ref _kept);
        block.IsFree = false;
        return block;
    }

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <summary>A transport that ends disposes what it takes for its own pool.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        if (block.IsFree)
        {
            throw new InvalidOperationException("A block was given back twice.");
        }

        block.IsFree = true;
        if (Interlocked.Increment(ref _kept) <= MaximumKeptBytes / MaxBufferSize)
        {
            _free.Enqueue(block);
        }
        else
        {
            Interlocked.Decrement(ref _kept);
        }
    }

    // The public way to set it goes through a web host, which costs more at start than all of the rest.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_MemoryPoolFactory")]
    private static extern void SetFactory(SocketTransportOptions options, IMemoryPoolFactory<byte> factory);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_MemoryPoolFactory")]
    private static extern void SetFactory(SocketConnectionFactoryOptions options, IMemoryPoolFactory<byte> factory);

    private sealed class Block(PipeMemory pool) : IMemoryOwner<byte>
    {
        /// <summary>Pinned for life: the kernel reads and writes it.</summary>
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(pool.MaxBufferSize, pinned: true);

        public bool IsFree { get; set; }

        public void Dispose() => pool.Return(this);
    }
}
