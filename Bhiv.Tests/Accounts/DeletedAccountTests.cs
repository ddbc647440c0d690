using System.Net;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Accounts;

/// <summary>What becomes of an account's tokens when its row is gone.</summary>
public sealed class DeletedAccountTests : DataDirectoryFixture
{
    private const string Password = "the kettle sang in the rain";

    private readonly DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Its token is younger than its end, by the clock that it was issued by.</summary>
    [Test]
    public async Task A_restart_forgets_no_deletion_whatever_clock_the_token_was_issued_by()
    {
        string token;
        await using (var ahead = await StartAsync(noon.AddMinutes(30)))
        {
            await ahead.Services.GetRequiredService<AccountAdministration>().TryCreateAsync(
                AccountName.Of("alice"), PlainTextPassword.Of(Password), [Role.Member], new Author("cli:test"), default);
            token = (await ahead.Client.LoginAsync("alice", Password)).AccessToken;
            Assert.That((await ahead.Client.GenerateAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        }
        await using (var right = await StartAsync(noon.AddMinutes(1)))
        {
            var accounts = right.Services.GetRequiredService<AccountAdministration>();
            var alice = await accounts.FindAsync(AccountName.Of("alice"), default);
            Assert.That(await accounts.DeleteAsync(alice!.Id, null, new Author("cli:test")), Is.TypeOf<AccountEditResult.Done>());
        }

        await using var later = await StartAsync(noon.AddMinutes(31));

        Assert.That((await later.Client.GenerateAsync(token)).Code, Is.EqualTo("revoked_token"));
    }

    [Test]
    public async Task Another_process_learns_of_it()
    {
        await using var one = await StartAsync(noon);
        await using var other = await StartAsync(noon);
        var accounts = one.Services.GetRequiredService<AccountAdministration>();
        await accounts.TryCreateAsync(AccountName.Of("alice"), PlainTextPassword.Of(Password), [Role.Member], new Author("cli:test"), default);
        var login = await other.Client.LoginAsync("alice", Password);

        var alice = await accounts.FindAsync(AccountName.Of("alice"), default);
        await accounts.DeleteAsync(alice!.Id, null, new Author("cli:test"));
        other.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.IsTrueAsync(async () => (await other.Client.GenerateAsync(login.AccessToken)).Status == HttpStatusCode.Unauthorized);
        Assert.That((await other.Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("invalid_refresh_token"));
        Assert.That((await other.Client.IntrospectAsync(login.AccessToken)).Body, Is.EqualTo("{\"active\":false}"));
    }

    private Task<BhivService> StartAsync(DateTimeOffset now) => BhivService.StartAsync(directory: DataDirectory, clock: new FakeTimeProvider(now));
}
