namespace Bhiv.Domain;

/// <summary>
/// A store could not be read or written: the disk is full, another process holds the file, or it does not answer. Nothing of the
/// failed write was kept, and the same call may succeed later.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
