using System.Text;
using Microsoft.Data.Sqlite;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// How to read a database and leave no trace. <c>mode=ro</c> alone is not enough: of a database in WAL mode SQLite would make what is
/// missing of <c>-wal</c> and <c>-shm</c>, and write locks into the latter.
/// </summary>
internal static class UntouchedFile
{
    // https://www.sqlite.org/fileformat2.html §1.3: the header string, and at 18 the write version, of which 2 is WAL.
    private const int HeaderSize = 100;
    private const int WriteVersionAt = 18;
    private const int WriteAheadVersion = 2;

    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("SQLite format 3\0");

    public static bool HasLog(string path) => File.Exists(path + "-wal");

    /// <summary>
    /// Changes stand in the log, and without its index nobody can read them who may not make one: another process has the database to
    /// itself and keeps the index in its memory, or the file was copied without it.
    /// </summary>
    public static bool IsLogUnreadable(string path) => HasLog(path) && !File.Exists(path + "-shm");

    /// <summary>Null where it is no file of SQLite's. To be asked before SQLite has it open: see <see cref="DatabaseFile"/>.</summary>
    public static bool? IsWriteAhead(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderSize];
        var size = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        return size == HeaderSize && header.AsSpan().StartsWith(Magic) ? header[WriteVersionAt] == WriteAheadVersion : null;
    }

    /// <summary>
    /// Where there is no log nobody has the database open, and it is read as one that cannot change. Where there is one, it and its index
    /// are read as they are. Without pooling the file is closed when its reader is.
    /// </summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = UriOf(path) + (HasLog(path) || IsRollback(path) ? "?readonly_shm=1" : "?immutable=1"),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = (int)BhivDatabase.Patience.TotalSeconds,
    }.ToString();

    /// <summary>https://www.sqlite.org/uri.html: a question mark in a path would end it.</summary>
    private static string UriOf(string path) =>
        "file:///" + string.Join('/', path.TrimStart('/').Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));

    /// <summary>Whoever writes to such a database leaves no sign beside it, and is kept out by locks.</summary>
    private static bool IsRollback(string path)
    {
        try
        {
            return IsWriteAhead(path) is false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Who opens it is told.
            return false;
        }
    }
}
