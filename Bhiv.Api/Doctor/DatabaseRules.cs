using System.Diagnostics;
using Bhiv.Domain.Doctor;

namespace Bhiv.Api.Doctor;

/// <summary>Whether the database can be used, and by whom; and the clock, by what is in it.</summary>
internal static class DatabaseRules
{
    /// <summary>Of free room.</summary>
    private const long Least = 1L << 30;

    private const int Full = 2;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersEnter = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What a server itself issues while it is looked at is no step of the clock.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    public static IEnumerable<Finding> Judge(Evidence it) => it.Database is { } database
        ?
        [
            Judge(database), .. JudgeDurability(database), .. JudgeFiles(database), .. JudgeDirectory(database), .. JudgeClock(database, it.Now),
        ]
        : [];

    private static Finding Judge(DatabaseFacts it) => it.Reading switch
    {
        DatabaseReading.Missing => Catalogue.DatabaseMissing.Of($"There is no database {it.Path}."),
        DatabaseReading.Unreadable reading => Catalogue.DatabaseUnreadable.Of($"{it.Path} cannot be read. {reading.Problem}"),
        DatabaseReading.Busy reading => Catalogue.DatabaseBusy.Of($"{it.Path} cannot be read now. {reading.Problem}"),
        DatabaseReading.Foreign => Catalogue.DatabaseForeign.Of($"{it.Path} is no database of this service."),
        DatabaseReading.Damaged reading => Catalogue.DatabaseDamaged.Of($"{it.Path} is damaged. {reading.Problem}"),
        DatabaseReading.Newer reading => Catalogue.DatabaseNewer.Of($"{it.Path} was written by a newer build, {reading.Version}."),
        DatabaseReading.Older reading => Catalogue.DatabaseOlder.Of($"{it.Path} has the schema of an older build, {reading.Version}."),
        DatabaseReading.Current reading => Catalogue.DatabaseGood.Of(
            $"{it.Path} is whole and has the schema of this build, {reading.Version}"
            + (it.FreeBytes is { } free && free >= Least ? $"; {Phrases.OfBytes(free)} are free." : ".")),
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<Finding> JudgeDurability(DatabaseFacts it)
    {
        if (it.Reading is not DatabaseReading.Current reading) yield break;
        if (!reading.IsWriteAhead) yield return Catalogue.DatabaseNotDurable.Of($"{it.Path} is not in WAL mode.");
        if (reading.Synchronous != Full)
            yield return Catalogue.DatabaseNotDurable.Of($"SQLite runs with synchronous={reading.Synchronous}, not {Full} (FULL).");
    }

    private static IEnumerable<Finding> JudgeFiles(DatabaseFacts it) => it.Files.Where(file => file.Mode.Gives(Others))
        .Select(file => Catalogue.DatabaseFileOpen.Of($"{file.Path} has mode {Phrases.Of(file.Mode)}, and is not its owner's alone."));

    private static IEnumerable<Finding> JudgeDirectory(DatabaseFacts it)
    {
        if (it.FreeBytes is { } free && free < Least) yield return Catalogue.DiskLow.Of($"{Phrases.OfBytes(free)} are free where {it.Path} is.");
        if (it.Directory is not { } directory) yield break;
        var what = $"{directory.Path} has mode {Phrases.Of(directory.Mode)}";
        if (!it.MayWriteDirectory) yield return Catalogue.DirectoryReadOnly.Of($"{what}, and this account may not write there.");
        // In a sticky one nobody takes away what is another's.
        if (directory.Mode.Gives(OthersWrite) && !directory.Mode.Gives(UnixFileMode.StickyBit))
            yield return Catalogue.DirectoryWritable.Of($"{what}, and more than its owner can write there.");
        else if (directory.Mode.Gives(OthersEnter)) yield return Catalogue.DirectoryEnterable.Of($"{what}, and more than its owner can enter it.");
    }

    private static IEnumerable<Finding> JudgeClock(DatabaseFacts it, DateTimeOffset now)
    {
        if (it.Reading is not DatabaseReading.Current { Newest: { } newest }) yield break;
        yield return newest - now > ClockTolerance
            ? Catalogue.ClockBehind.Of(
                $"The clock says {Phrases.Of(now)}, {Phrases.Of(newest - now)} before the newest time in the database, {Phrases.Of(newest)}.")
            : Catalogue.ClockGood.Of($"The clock says {Phrases.Of(now)}, and nothing in the database happened later.");
    }
}
