using Bhiv.Domain;

namespace Bhiv.Infrastructure.Database;

/// <summary>The file before SQLite opens it: whoever can read it can read session secrets and password hashes.</summary>
internal static class DatabaseFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes directory (0700) and file (0600) where they are missing, and takes an existing file back from group and others. A directory that
    /// exists is left as it is: it may be somebody's <c>/var/lib</c>. SQLite gives its own files the mode of this one.
    /// </summary>
    /// <exception cref="StartRefusedException">They cannot be made or written.</exception>
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
            using (File.Open(options.FilePath, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = OwnerOnly,
            }))
            {
            }
            File.SetUnixFileMode(options.FilePath, OwnerOnly);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"BHIV_DATA: the database {options.FilePath} cannot be written ({fault.Message}). "
                + "Name a directory that this process may write.", fault);
        }
    }
}
