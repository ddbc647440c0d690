namespace Bhiv.Domain;

/// <summary>More is asked for at once than can be done in time. Nothing was done; the same call may succeed in a moment.</summary>
public sealed class OverloadedException(string message) : Exception(message);
