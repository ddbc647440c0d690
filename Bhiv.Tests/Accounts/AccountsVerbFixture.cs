using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary>Verbs at the machine of a database.</summary>
public abstract class AccountsVerbFixture : DataDirectoryFixture
{
    private protected async Task<Verb> RunAsync(int exitCode, params string[] words)
    {
        var verb = await Verb.RunAsync(
            new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory }, words is [var line] ? line.Split(' ') : words);
        Assert.That(verb.ExitCode, Is.EqualTo(exitCode), string.Join(' ', words) + ": " + verb.Errors);
        return verb;
    }
}
