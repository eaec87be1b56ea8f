using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Core;

/// <summary>An enabler's door: takes admitted requests outside dialogs, and answers each of them.</summary>
public interface IRequestHandler
{
    void Handle(ServerTransaction transaction, Caller caller, Destination destination);
}
