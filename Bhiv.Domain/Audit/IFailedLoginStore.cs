namespace Bhiv.Domain.Audit;

/// <summary>Persists the log of failed logins.</summary>
public interface IFailedLoginStore
{
    /// <summary>
    /// Durable when it returns. It takes no cancellation: a caller that hangs up must not be able to keep its failed attempt out
    /// of the log.
    /// </summary>
    Task AddAsync(FailedLogin failure);
}
