using Bhiv.Domain;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// The file before SQLite opens it, and only before: closing a descriptor of it drops the locks that SQLite holds on it in
/// this process. Whoever can read it can read session secrets and password hashes.
/// </summary>
internal static class DatabaseFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file, made for its owner alone where it is missing.</summary>
    public static FileStream OpenOwned(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return File.Open(path, options);
    }

    /// <summary>
    /// Makes directory (0700) and file (0600) where they are missing, and takes existing files back from group and others: the
    /// database and the two that SQLite keeps beside it, which get its mode when SQLite makes them. A directory that exists
    /// is left as it is: it may be somebody's <c>/var/lib</c>.
    /// </summary>
    /// <exception cref="StartRefusedException">They cannot be made or written, or the file is a link to somewhere
    /// else.</exception>
    public static void Prepare(DatabaseOptions options)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(options.Directory);
                return;
            }
            Directory.CreateDirectory(options.Directory, OwnerOnly | UnixFileMode.UserExecute);
            RefuseLink(options);
            OpenOwned(options.FilePath, FileShare.ReadWrite | FileShare.Delete).Dispose();
            foreach (var suffix in new[] { "", "-wal", "-shm" })
            {
                if (File.Exists(options.FilePath + suffix)) File.SetUnixFileMode(options.FilePath + suffix, OwnerOnly);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refuse(options, fault);
        }
    }

    /// <summary>For whoever uses the servers' file: it makes nothing, and takes nothing back from anybody.</summary>
    /// <exception cref="StartRefusedException">
    /// It is not there, is a link to somewhere else, or cannot be written; where it is only looked at, it cannot be read.
    /// </exception>
    public static void Demand(DatabaseOptions options)
    {
        try
        {
            RefuseLink(options);
            var access = options.IsReadOnly ? FileAccess.Read : FileAccess.ReadWrite;
            File.Open(options.FilePath, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartRefusedException(
                $"BHIV_DATA: there is no database {options.FilePath}. Name the directory of the server's.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refuse(options, fault);
        }
    }

    private static void RefuseLink(DatabaseOptions options)
    {
        if (new FileInfo(options.FilePath).LinkTarget is not null)
            throw new StartRefusedException(
                $"BHIV_DATA: {options.FilePath} is a symbolic link. Set BHIV_DATA to the directory where the file is.");
    }

    private static StartRefusedException Refuse(DatabaseOptions options, Exception fault) => new(
        $"BHIV_DATA: the database {options.FilePath} cannot be {(options.IsReadOnly ? "read" : "written")} ({fault.Message}). "
        + $"Name a directory that this process may {(options.IsReadOnly ? "read" : "write")}.", fault);
}
