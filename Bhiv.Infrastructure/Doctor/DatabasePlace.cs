using Bhiv.Domain.Doctor;
using Bhiv.Infrastructure.Database;

namespace Bhiv.Infrastructure.Doctor;

/// <summary>Who may do what with the files of a database, and how much room they have.</summary>
internal sealed record DatabasePlace(
    IReadOnlyList<FileWithMode> Files, FileWithMode? Directory, bool MayWriteDirectory, long? FreeBytes)
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-migration"];

    public static DatabasePlace Look(DatabaseOptions options)
    {
        var directory = new DirectoryInfo(options.Directory);
        return new DatabasePlace(
            [.. Suffixes.Select(suffix => options.FilePath + suffix).Where(File.Exists).Select(ModeOf).OfType<FileWithMode>()],
            directory.Exists ? ModeOf(options.Directory) : null,
            // Modes do not bind root.
            directory.Exists && (Environment.IsPrivilegedProcess || !directory.Attributes.HasFlag(FileAttributes.ReadOnly)),
            directory.Exists ? RoomOf(options.Directory) : null);
    }

    /// <summary>Null where there is none, or it went meanwhile, as the log of a database does.</summary>
    private static FileWithMode? ModeOf(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            return new FileWithMode(path, File.GetUnixFileMode(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? RoomOf(string directory)
    {
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
