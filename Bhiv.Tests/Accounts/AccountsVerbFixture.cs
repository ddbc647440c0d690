using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary>Verbs at the machine of a database, and the calls that go with them.</summary>
public abstract class AccountsVerbFixture : DataDirectoryFixture
{
    private protected static Task<Answer> SetPasswordAsync(HttpClient client, string oneTime, string password) =>
        client.PostAsync(Calls.Login, new { username = "alice", password = oneTime, new_password = password });

    private protected async Task<Verb> RunAsync(int exitCode, params string[] words)
    {
        var verb = await Verb.RunAsync(
            new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory }, words is [var line] ? line.Split(' ') : words);
        Assert.That(verb.ExitCode, Is.EqualTo(exitCode), string.Join(' ', words) + ": " + verb.Errors);
        return verb;
    }
}
