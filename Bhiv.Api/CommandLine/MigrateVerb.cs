using System.CommandLine;

namespace Bhiv.Api.CommandLine;

/// <summary><c>migrate</c>.</summary>
internal static class MigrateVerb
{
    public static Command Describe()
    {
        var migrate = new Verb(
            "migrate",
            "Brings the database to the schema of this build, as a server does at its start. Stop the servers and back it up before.",
            "Bhiv.Api migrate")
        {
            Verb.Json,
        };
        migrate.Does(async (_, output) =>
        {
            await using var app = Verb.CreateApp();
            var (database, from, to) = await Program.MigrateDatabaseAsync(app);
            output.Answer(
                new { Database = database, From = from, To = to },
                from == to ? $"{database} has the schema of this build, {to}." : $"{database} is brought from {from} to {to}.");
            return ExitCode.Done;
        });
        return migrate;
    }
}
