namespace Bhiv.Domain.Throttling;

/// <summary>Section <c>Throttle</c>, and what of the throttle of logins is no setting.</summary>
public sealed class ThrottleOptions
{
    /// <summary>How many consecutive failures at one name and address have no consequence; 20 in Development, where people try things out.</summary>
    public int FreeFailures { get; init; } = 5;

    /// <summary>
    /// How many logins may fail within a minute from one address, whatever the names. An office behind one address, with more people than
    /// mistype their passwords within a minute, wants more.
    /// </summary>
    public int FailuresPerAddress { get; init; } = 20;

    /// <summary>
    /// How many consecutive failures at one name from addresses that never succeeded at it have no consequence: whoever has many addresses
    /// gets no more guesses than that before he waits.
    /// </summary>
    public const int FreeFailuresOfName = 100;

    /// <summary>How many attempts at one name and address are verified at once; any of them may be a guess.</summary>
    public const int ConcurrentAttempts = 5;

    /// <summary>How many more may wait for those.</summary>
    public const int WaitingAttempts = 128;

    /// <summary>For how long: counted anew from each success, for then whoever waits is probably right too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
}
