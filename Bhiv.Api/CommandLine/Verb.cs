using System.CommandLine;

namespace Bhiv.Api.CommandLine;

/// <summary>
/// A command that does something. Its options and arguments are added where it is declared; one that prints rows adds
/// <see cref="Json"/>.
/// </summary>
/// <param name="name">Its last word.</param>
/// <param name="description">For help.</param>
/// <param name="examples">Whole lines, for help: <c>Bhiv.Api sessions revoke --all</c>.</param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary><see cref="VerbOutput"/> heeds it.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "One JSON document on standard output, for scripts.",
        Arity = ArgumentArity.Zero,
    };

    // What the database refuses is told once, in a sentence, and not a second time with a stack.
    private static readonly string[] Settings = ["--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Fatal"];

    public IReadOnlyList<string> Examples => examples;

    /// <summary>The verb is refused without the flag, which by itself may be left out.</summary>
    public void Demand(Option<bool> flag) => Validators.Add(given =>
    {
        if (given.GetResult(flag) is not { Implicit: false }) given.AddError($"{Name} needs {flag.Name}: {flag.Description}");
    });

    /// <param name="action">Gives the exit code. A signal ends it where it stands.</param>
    public void Does(Func<ParseResult, VerbOutput, Task<int>> action) =>
        SetAction((given, _) => action(given, VerbOutput.Of(given)));

    /// <param name="action">Works beside the servers, on their database and with their services, and serves nobody.</param>
    public void DoesOnDatabase(Func<OpenDatabase, ParseResult, VerbOutput, Task<int>> action) => Does(async (given, output) =>
    {
        await using var app = CreateApp();
        return await action(new OpenDatabase(app.Services, await Program.OpenDatabaseAsync(app)), given, output);
    });

    /// <summary>The server's services, none of which runs.</summary>
    /// <param name="readOnly">Whether the database is only looked at.</param>
    /// <exception cref="Domain.StartRefusedException">A server would not start either.</exception>
    public static WebApplication CreateApp(bool readOnly = false) =>
        Program.Create(Settings, Program.Variables(), logToStandardError: true, readOnly: readOnly);
}

/// <summary>The servers' database, whose schema is this build's.</summary>
/// <param name="Path">Of the file.</param>
internal sealed record OpenDatabase(IServiceProvider Services, string Path)
{
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}
