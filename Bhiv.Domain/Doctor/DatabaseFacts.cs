namespace Bhiv.Domain.Doctor;

/// <summary>A database and the place where it lies, as seen by somebody who only looks.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Files">Those that there are, of the database and beside it. Empty on Windows, which has no such modes.</param>
/// <param name="Directory">Null where there is none, and on Windows.</param>
/// <param name="MayWriteDirectory">Whether this process may, as far as the modes say.</param>
/// <param name="FreeBytes">On its disk, for this process; null where that is not told.</param>
public sealed record DatabaseFacts(
    string Path,
    IReadOnlyList<FileWithMode> Files,
    FileWithMode? Directory,
    bool MayWriteDirectory,
    long? FreeBytes,
    DatabaseReading Reading);

public sealed record FileWithMode(string Path, UnixFileMode Mode);

/// <summary>What came of reading it.</summary>
public abstract record DatabaseReading
{
    private DatabaseReading()
    {
    }

    public sealed record Missing : DatabaseReading;

    public sealed record Unreadable(string Problem) : DatabaseReading;

    /// <summary>Another process holds it for itself.</summary>
    public sealed record Busy(string Problem) : DatabaseReading;

    /// <summary>It is another program's, or empty.</summary>
    public sealed record Foreign : DatabaseReading;

    /// <param name="Problem">The first that SQLite found.</param>
    public sealed record Damaged(string Problem) : DatabaseReading;

    /// <param name="Version">The first migration that this build does not know.</param>
    public sealed record Newer(string Version) : DatabaseReading;

    /// <param name="Version">The last migration that was applied.</param>
    public sealed record Older(string Version) : DatabaseReading;

    /// <summary>It has the schema of this build.</summary>
    /// <param name="IsWriteAhead">Whether the file is in WAL mode.</param>
    /// <param name="Synchronous">What SQLite does here by itself: 2 is FULL.</param>
    /// <param name="Newest">The newest time that something in it happened at; null where nothing has.</param>
    public sealed record Current(string Version, bool IsWriteAhead, int Synchronous, DateTimeOffset? Newest) : DatabaseReading;
}
