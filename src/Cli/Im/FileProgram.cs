using OmaIm.Client;
using OmaIm.Client.Files;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim im USER --file PATH</c>: sends one file.</summary>
internal sealed class FileProgram(ImClientOptions account, string peer, FileInfo file, ImConsole console)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var client = new ImClient(account);
        try
        {
            await client.RegisterAsync(cancellationToken);
            await client.SendFileAsync(peer, new FileToSend(file.FullName), cancellationToken: cancellationToken);
            console.Show("fileSent", $"{ImText.Delivered} {Terminal.Printable.Name(file.Name)}", json =>
            {
                json.WriteString("to", peer);
                json.WriteString("name", file.Name);
                json.WriteNumber("size", file.Length);
            });
            return ExitCode.Ok;
        }
        catch (ImException failure)
        {
            console.Error(ImText.Explain(failure, account, peer));
            return ExitCode.Of(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.Error($"{Terminal.Printable.Name(file.Name)} cannot be read: {failure.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
    }
}
