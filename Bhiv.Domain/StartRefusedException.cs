namespace Bhiv.Domain;

/// <summary>
/// The process must not serve, and its operator can mend why. The message is for the operator: one line for each thing that is
/// wrong, with its name and the way to put it right. It holds no secret.
/// </summary>
public sealed class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
