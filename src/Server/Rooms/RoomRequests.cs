using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>The rooms' door for requests outside dialogs: INVITE joins, SUBSCRIBE asks for the roster, REFER invites or expels.</summary>
public sealed class RoomRequests(RoomDirectory directory) : IRequestHandler
{
    public static readonly IReadOnlyList<SipMethod> Methods = [SipMethod.Invite, SipMethod.Subscribe, SipMethod.Refer];

    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var services = directory.Services;
        if (directory.IsStopping)
        {
            services.Refuse(transaction, RoomRefusal.Stopping);
        }
        else if (directory.Find(destination.Name) is not { } room)
        {
            services.Refuse(transaction, RoomRefusal.UnknownRoom);
        }
        else if (transaction.Request.Method == SipMethod.Invite)
        {
            JoinRequest.Handle(services, room, transaction, caller);
        }
        else if (transaction.Request.Method == SipMethod.Subscribe)
        {
            SubscribeRequest.Handle(services, room, transaction, caller);
        }
        else
        {
            ReferRequest.Handle(services, room, transaction, caller);
        }
    }
}
