namespace OmaIm.Stack.Dialogs;

/// <summary>The life of an INVITE usage.</summary>
public enum InviteState
{
    /// <summary>UAC: the INVITE has no final response yet.</summary>
    Calling,

    /// <summary>UAS: the 2xx was sent, its ACK has not come.</summary>
    Accepted,

    /// <summary>Both sides know that the session stands.</summary>
    Confirmed,

    /// <summary>Our BYE waits for its response, or for the ACK before it may be sent.</summary>
    Terminating,

    Terminated,
}
