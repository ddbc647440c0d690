using System.Text;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Monitoring;

/// <summary>What Sentry must never get, wherever in a report it was put.</summary>
[NonParallelizable]
public sealed class SentryCredentialTests : SentryFixture
{
    [Test]
    public async Task No_credential_of_a_request_leaves_whatever_field_of_a_report_it_got_into()
    {
        const string key = "5d3a49268f0c1b7e5d3a49268f0c1b7e5d3a49268f0c1b7e";
        var token = HandMadeJwt.Sign("""{"alg":"HS256"}""", """{"sub":"somebody"}""", Calls.JwtSecret);
        var secrets = $"{key} {token} {Calls.ApiKey}";
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .Callback(() => SentrySdk.ConfigureScope(scope => FillIn(scope, secrets)))
            .ThrowsAsync(new InvalidOperationException(
                $"a fault with {secrets} and '{key}'", new FormatException("within " + secrets) { Data = { [secrets] = secrets } }));

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = Ingest.Dsn, ["API_KEY"] = key },
            ["--Sentry:TracesSampleRate=1"],
            services => services.AddSingleton(store.Object)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Calls.Login}?key={key}&token={token}")
            {
                Content = new StringContent($$"""{"username":"{{key}}","password":"{{token}}"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-API-Key", key);
            foreach (var header in new[] { "Authorization", "Cookie", "User-Agent", "Referer", "X-Other", "tracestate", "Forwarded" })
                request.Headers.TryAddWithoutValidation(header, secrets);
            request.Headers.Add("sentry-trace", "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1");
            request.Headers.TryAddWithoutValidation(
                "baggage", $"sentry-trace_id=4bf92f3577b34da6a3ce929d0e0e4736,sentry-public_key={token},sentry-release={key}");
            Assert.That((await Answer.OfAsync(service.Client.SendAsync(request))).Code, Is.EqualTo("internal_error"));
            await service.Client.SendAsync(HttpMethod.Get, $"/{key}/{token}", apiKey: key, accessToken: token);
        }

        var sent = Ingest.Sent;
        Assert.That(Ingest.Events, Has.Count.EqualTo(1));
        Assert.That(Ingest.Transactions, Has.Count.EqualTo(2));
        Assert.That(Ingest.Events[0], Does.Contain("a fault with ***").And.Contain("within ***").And.Contain("crumb ***").And.Contain("tag ***"));
        foreach (var secret in new[] { key, token, token.Split('.')[1], Calls.ApiKey }) Assert.That(sent, Does.Not.Contain(secret));
        Ingest.AssertWhole();
    }

    [Test]
    public async Task No_credential_of_a_call_that_succeeds_is_in_its_transaction()
    {
        string[] secrets;

        await using (var service = await BhivService.StartAsync(new() { ["SENTRY_DSN"] = Ingest.Dsn }, ["--Sentry:TracesSampleRate=1"]))
        {
            var login = await service.Client.LoginAsync();
            var refreshed = await service.Client.RefreshAsync(login.RefreshToken);
            await service.Client.GenerateAsync(refreshed.AccessToken);
            await service.Client.IntrospectAsync(refreshed.AccessToken);
            await service.Client.LogoutAsync(refreshed.AccessToken);
            secrets = [Calls.ApiKey, "bhiv2024", login.AccessToken, login.RefreshToken, refreshed.AccessToken, refreshed.RefreshToken];
        }

        Assert.That(Ingest.Transactions, Has.Count.EqualTo(5));
        foreach (var secret in secrets) Assert.That(Ingest.Sent, Does.Not.Contain(secret));
    }

    private static void FillIn(Scope scope, string secrets)
    {
        scope.SetTag("canary", "tag " + secrets);
        scope.SetExtra("canary", new[] { secrets });
        scope.Contexts["canary"] = new Dictionary<string, string> { ["canary"] = secrets };
        scope.User = new SentryUser { Username = secrets, Id = secrets };
        scope.TransactionName = secrets;
        scope.Request.Url = "http://localhost/" + secrets;
        scope.AddBreadcrumb("crumb " + secrets, secrets, secrets, new Dictionary<string, string> { [secrets] = secrets });
    }
}
