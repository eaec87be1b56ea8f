using System.Buffers;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

/// <summary>What is written is what the grammar says, octet by octet, and reads back as what was meant.</summary>
public sealed class MsrpWriterTests
{
    private static readonly byte[] To = "msrp://b.test:2855/two;tcp"u8.ToArray();
    private static readonly byte[] From = "msrp://a.test:2855/one;tcp"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void AResponse()
    {
        MsrpWriter.WriteResponse(_output, "a786hjs2"u8, 200, "OK"u8, To, From);
        Assert.Equal(
            "MSRP a786hjs2 200 OK\r\nTo-Path: msrp://b.test:2855/two;tcp\r\nFrom-Path: msrp://a.test:2855/one;tcp\r\n-------a786hjs2$\r\n", Written());
    }

    [Fact]
    public void AReport()
    {
        MsrpWriter.WriteReport(_output, "x2r0p0rt"u8, To, From, "87652491"u8, new ByteRange(1, 4100, 4100), 413, "Too large"u8);
        Assert.Equal(
            "MSRP x2r0p0rt REPORT\r\nTo-Path: msrp://b.test:2855/two;tcp\r\nFrom-Path: msrp://a.test:2855/one;tcp\r\n"
            + "Message-ID: 87652491\r\nByte-Range: 1-4100/4100\r\nStatus: 000 413 Too large\r\n-------x2r0p0rt$\r\n", Written());
    }

    [Fact]
    public void ASendWithoutABody()
    {
        MsrpWriter.WriteEmptySend(_output, "abcd"u8, To, From, "1234"u8);
        Assert.Equal(
            "MSRP abcd SEND\r\nTo-Path: msrp://b.test:2855/two;tcp\r\nFrom-Path: msrp://a.test:2855/one;tcp\r\n"
            + "Message-ID: 1234\r\nByte-Range: 1-0/0\r\n-------abcd$\r\n", Written());
    }

    [Theory]
    [InlineData(false, FailureReport.Yes, "")]
    [InlineData(true, FailureReport.Partial, "Success-Report: yes\r\nFailure-Report: partial\r\n")]
    [InlineData(false, FailureReport.No, "Failure-Report: no\r\n")]
    public void ASendWithABody(bool successReport, FailureReport failureReport, string reports)
    {
        MsrpWriter.WriteRequestHead(_output, "abcd"u8, "SEND"u8, To, From);
        MsrpWriter.WriteMessageHeaders(_output, "1234"u8, new ByteRange(1, 4, ByteRange.Unknown), successReport, failureReport);
        MsrpWriter.WriteContent(_output, "text/plain"u8, "text"u8, "abcd"u8, MsrpFlag.More);
        Assert.Equal(
            "MSRP abcd SEND\r\nTo-Path: msrp://b.test:2855/two;tcp\r\nFrom-Path: msrp://a.test:2855/one;tcp\r\n"
            + $"Message-ID: 1234\r\nByte-Range: 1-4/*\r\n{reports}Content-Type: text/plain\r\n\r\ntext\r\n-------abcd+\r\n", Written());
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("Bob the great", "\"Bob the great\"")]
    [InlineData("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"")]
    public void ANickname(string nickname, string quoted)
    {
        MsrpWriter.WriteNickname(_output, "n1ck"u8, To, From, MsrpText.Bytes(nickname));
        var frame = Assert.Single(MsrpReference.Read(_output.WrittenSpan).Frames);
        Assert.Equal(("NICKNAME", quoted), (frame.Method, frame["Use-Nickname"]));
        Assert.True(UseNicknameHeader.TryParse(MsrpText.Bytes(quoted), out var header));
        Assert.Equal(nickname, header.Value);
    }

    [Fact]
    public void OnlyHeadersOfTheContentAndUnknownOnesArePassedOn()
    {
        string[] passed = ["Content-ID: <a@b>", "Content-Disposition: render", "Content-Description: x", "X-Priority:  1", "Keep-Alive: yes"];
        string[] kept = ["Success-Report: yes", "Failure-Report: no", "Use-Path: x", "Authorization: x", "Expires: 1", "Status: 000 200", "Use-Nickname: \"x\""];
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", "x", "y", "1234", "text", "1-4/4", headers: [.. kept, .. passed]));
        Assert.Equal(ParseStatus.Complete, new MsrpDecoder(MsrpLimits.Default).Read(bytes, out _, out var frame, out _));
        Assert.True(frame.HasOtherHeaders);
        MsrpWriter.WriteOtherHeaders(_output, frame);
        Assert.Equal(string.Join("\r\n", passed) + "\r\n", Written());
    }

    private string Written() => MsrpText.Text(_output.WrittenSpan);
}
