namespace Bhiv.Infrastructure.Database;

/// <summary>Where the database stands.</summary>
/// <param name="Directory">Absolute; <c>BHIV_DATA</c>. It holds <see cref="FileName"/> and the files that SQLite keeps beside
/// it.</param>
public sealed record DatabaseOptions(string Directory)
{
    public const string FileName = "bhiv.db";

    /// <summary>Whether it is only looked at: then nothing is written or made, of SQLite's own files neither.</summary>
    public bool IsReadOnly { get; init; }

    public string FilePath => Path.Combine(Directory, FileName);
}
