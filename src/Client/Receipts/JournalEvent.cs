namespace OmaIm.Client.Receipts;

/// <summary>What a record of a journal says. The numbers stand in files.</summary>
internal enum JournalEvent : byte
{
    Received = 1,
    Displayed = 2,
    DeliverySettled = 3,
    DisplaySettled = 4,
}
