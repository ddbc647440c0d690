namespace Bhiv.Api.CommandLine;

/// <summary>What the process ends with: the numbers of sysexits.h, which scripts can rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>Of <c>doctor</c>, as <see cref="FoundError"/> is.</summary>
    public const int FoundWarning = 2;

    public const int FoundError = 3;

    /// <summary>EX_USAGE.</summary>
    public const int UsedWrongly = 64;

    /// <summary>EX_NOINPUT.</summary>
    public const int NotThere = 66;

    /// <summary>EX_TEMPFAIL.</summary>
    public const int TryAgain = 75;

    /// <summary>EX_CONFIG.</summary>
    public const int Refused = 78;

    /// <summary>As help and the README say it.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Done, "done, or stopped as asked"),
        (Failed, "anything else"),
        (FoundWarning, "doctor found a warning, and nothing worse"),
        (FoundError, "doctor found an error"),
        (UsedWrongly, "used wrongly: no such verb, option or value"),
        (NotThere, "what it names is not there"),
        (TryAgain, "the database is busy or locked: try again"),
        (Refused, "the configuration or the database is refused"),
    ];
}
