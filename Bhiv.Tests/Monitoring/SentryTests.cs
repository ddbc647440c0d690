using System.Net;
using System.Text;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Monitoring;

/// <summary>What Sentry is told, as a local ingest receives it.</summary>
[NonParallelizable]
public sealed class SentryTests : SentryFixture
{
    [Test]
    public async Task A_fault_is_one_event_without_key_query_or_body()
    {
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("a fault on purpose"));

        Answer answer;

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = Ingest.Dsn },
            // As in life: Serilog writes its error line too.
            ["--Serilog:MinimumLevel:Default=Error", "--Sentry:TracesSampleRate=1"],
            services => services.AddSingleton(store.Object)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Login + "?canary=in-the-query#x")
            {
                Content = new StringContent("""{"username":"admin","password":"canary-in-the-body"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-API-Key", Calls.ApiKey);
            request.Headers.Add("Authorization", "Bearer canary-in-a-token");
            request.Headers.Add("Cookie", "canary=in-a-cookie");
            request.Headers.Add("X-Other", "canary-in-a-header");
            request.Headers.Add("User-Agent", "agent-that-may-be-seen");

            answer = await Answer.OfAsync(service.Client.SendAsync(request));
        }

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(Ingest.Events, Has.Count.EqualTo(1));
        Assert.That(Ingest.Events[0], Does.Contain($"\"trace_id\":\"{answer.Json.GetProperty("trace_id").GetString()}\""));
        Assert.That(Ingest.Events[0], Does.Contain("a fault on purpose").And.Contains("/api/v1/auth/login").And.Contains("agent-that-may-be-seen"));
        Assert.That(Ingest.Transactions, Has.Count.EqualTo(1));
        Assert.That(Ingest.Sent, Does.Not.Contain("canary").And.Not.Contain(Calls.ApiKey));
    }

    [Test]
    public async Task A_token_that_is_reused_is_a_message_once_a_minute_and_one_issue_for_all()
    {
        var secrets = new List<string>();

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = Ingest.Dsn }, ["--Serilog:MinimumLevel:Default=Error"]))
        {
            await ReuseAsync(service);
            await ReuseAsync(service);
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            await ReuseAsync(service);
        }

        Assert.That(Ingest.Events, Has.Count.EqualTo(2));
        Assert.That(Ingest.Events, Has.All.Contains("\"fingerprint\":[\"RefreshTokenReused\"]").And.All.Contains("A used refresh token of session"));
        foreach (var secret in secrets) Assert.That(Ingest.Sent, Does.Not.Contain(secret));

        async Task ReuseAsync(BhivService service)
        {
            var login = await service.Client.LoginAsync();
            secrets.Add(login.RefreshToken);
            await service.Client.RefreshAsync(login.RefreshToken);
            service.Clock.Advance(TimeSpan.FromSeconds(11));
            Assert.That((await service.Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("refresh_token_reused"));
        }
    }

    [Test]
    public async Task A_forged_token_is_one_issue_at_most_once_a_minute_and_a_mistaken_one_is_none()
    {
        string forged;

        await using (var service = await BhivService.StartAsync(new() { ["SENTRY_DSN"] = Ingest.Dsn }))
        {
            var login = await service.Client.LoginAsync();
            await service.Client.GenerateAsync(HandMadeJwt.Forge(login.AccessToken, _ => { }, "another key", """{"alg":"HS256","kid":"unknown"}"""));
            await service.Client.GenerateAsync(HandMadeJwt.Forge(login.AccessToken, _ => { }, "another key", """{"alg":"HS256"}"""));
            await service.Client.GenerateAsync(login.AccessToken[..^3]);
            service.Clock.Advance(TimeSpan.FromHours(1));
            await service.Client.GenerateAsync(login.AccessToken);
            forged = HandMadeJwt.Forge(login.AccessToken, claims => claims["roles"]!.AsArray().Add("admin"), "another key");
            var forgedRefresh = HandMadeJwt.Forge(login.RefreshToken, claims => claims["gen"] = 7, "another key");
            Assert.That((await service.Client.GenerateAsync(forged)).Code, Is.EqualTo("invalid_token"));
            await service.Client.RefreshAsync(forgedRefresh);
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.That((await service.Client.RefreshAsync(forgedRefresh)).Code, Is.EqualTo("invalid_refresh_token"));
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            await service.Client.IntrospectAsync(forged);
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            await service.Client.RevokeAsync(forgedRefresh);
        }

        Assert.That(Ingest.Events, Has.Count.EqualTo(4));
        Assert.That(Ingest.Events, Has.All.Contains("\"fingerprint\":[\"TokenForged\"]"));
        Assert.That(Ingest.Sent, Does.Not.Contain(forged.Split('.')[1]));
    }

    [Test]
    public async Task What_a_stolen_key_signed_after_its_mark_is_one_issue_and_what_it_signed_before_is_none()
    {
        const string stolen = "8f0c1b7e5d3a49268f0c1b7e5d3a4926";
        var key = new SigningKey(stolen).Id;

        await using (var service = await BhivService.StartAsync(new() { ["SENTRY_DSN"] = Ingest.Dsn, ["JWT_SECRET_PREVIOUS"] = stolen }))
        {
            var header = $$"""{"alg":"HS256","typ":"JWT","kid":"{{key}}"}""";
            var before = HandMadeJwt.Forge((await service.Client.LoginAsync()).AccessToken, _ => { }, stolen, header);
            Assert.That((await service.Client.GenerateAsync(before)).Status, Is.EqualTo(HttpStatusCode.OK));
            await service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(key, new Author("test"));
            service.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.That((await service.Client.GenerateAsync(before)).Code, Is.EqualTo("invalid_token"));
            service.Clock.Advance(TimeSpan.FromMinutes(2));

            var login = await service.Client.LoginAsync();
            var access = HandMadeJwt.Forge(login.AccessToken, _ => { }, stolen, header);
            Assert.That((await service.Client.GenerateAsync(access)).Code, Is.EqualTo("invalid_token"));
            Assert.That((await service.Client.GenerateAsync(access)).Code, Is.EqualTo("invalid_token"));
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            await service.Client.RefreshAsync(HandMadeJwt.Forge(login.RefreshToken, _ => { }, stolen, header));
        }

        Assert.That(Ingest.Events, Has.Count.EqualTo(2));
        Assert.That(Ingest.Events, Has.All.Contains("\"fingerprint\":[\"CompromisedKeyUsed\"]").And.All.Contains(key));
    }

    [Test]
    public async Task A_wrong_password_is_a_breadcrumb_and_many_names_from_one_address_are_an_issue()
    {
        await using (var service = await BhivService.StartAsync(new() { ["SENTRY_DSN"] = Ingest.Dsn }))
        {
            for (var name = 1; name < SprayWatch.Names; name++) await service.Client.LoginAsync($"name {name}", "wrong");
            await service.Client.LoginAsync("name 1", "wrong");
            await service.Client.LoginAsync(password: "wrong");
            await service.Client.LoginAsync("one more", "wrong");
        }

        Assert.That(Ingest.Events, Has.Count.EqualTo(1));
        Assert.That(Ingest.Events[0], Does.Contain("\"fingerprint\":[\"PasswordSprayed\"]").And.Contain("127.0.0.1 failed to log in under 20 names"));
        Assert.That(Ingest.Events[0], Does.Contain("\"breadcrumbs\":[{").And.Contain("A login as admin was refused (WrongPassword)"));
    }

    [Test]
    public async Task So_many_failures_that_others_have_to_wait_are_an_issue_and_whoever_mistypes_until_he_waits_is_none()
    {
        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = Ingest.Dsn }, ["--Throttle:FreeFailures=2", "--Throttle:FailuresPerAddress=5"]))
        {
            for (var typo = 0; typo < 2; typo++) await service.Client.LoginAsync(password: "wrong");
            Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"));
            Assert.That(Ingest.Events, Is.Empty);
            for (var name = 0; name < 3; name++) await service.Client.LoginAsync($"name {name}", "wrong");
            Assert.That((await service.Client.LoginAsync("another")).Code, Is.EqualTo("too_many_attempts"));
        }

        Assert.That(Ingest.Events, Has.Count.EqualTo(1));
        Assert.That(Ingest.Events[0], Does.Contain("\"fingerprint\":[\"LoginsThrottled\"]").And.Contain("127.0.0.1"));
    }

    [Test]
    public async Task A_call_that_was_hung_up_is_nothing()
    {
        var store = new Mock<IAccountStore>();
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .Returns(async (AccountName _, CancellationToken cancellationToken) =>
            {
                asked.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    ended.SetResult();
                }
                return null;
            });

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = Ingest.Dsn }, replace: services => services.AddSingleton(store.Object)))
        {
            using var hangUp = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Login)
            {
                Content = new StringContent("""{"username":"admin","password":"bhiv2024"}"""),
            };
            request.Headers.Add("X-API-Key", Calls.ApiKey);
            var call = service.Client.SendAsync(request, hangUp.Token);
            await asked.Task;
            await hangUp.CancelAsync();
            await Assert.ThrowsAsync<TaskCanceledException>(() => call);
            await ended.Task;
        }

        Assert.That(Ingest.Events, Is.Empty);
    }

    [Test]
    public async Task A_wait_that_the_service_itself_gave_up_is_a_fault()
    {
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new TaskCanceledException("too slow"));

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = Ingest.Dsn }, replace: services => services.AddSingleton(store.Object)))
            Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("internal_error"));

        Assert.That(Ingest.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_ingest_that_does_not_answer_holds_nobody_up()
    {
        using var deaf = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var port = ((IPEndPoint)deaf.LocalEndpoint).Port;
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("a fault on purpose"));
        await using var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = $"http://public@127.0.0.1:{port}/1" },
            replace: services => services.AddSingleton(store.Object));

        // More than the queue of reports holds (30), and each of them would wait for the ingest: 100 seconds.
        var calls = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => service.Client.LoginAsync()));

        Assert.That((await calls.WaitAsync(TimeSpan.FromSeconds(80))).Select(answer => answer.Code), Has.All.EqualTo("internal_error"));
    }

    [Test]
    public async Task A_refusal_is_no_event()
    {

        await using (var service = await BhivService.StartAsync(new() { ["SENTRY_DSN"] = Ingest.Dsn }))
        {
            await service.Client.LoginAsync(password: "wrong");
            await service.Client.GenerateAsync("x", apiKey: "y");
            await service.Client.SendAsync(Calls.Login, new StringContent(new string(' ', 70_000)));
        }

        Assert.That(Ingest.Events, Is.Empty);
    }

    [Test]
    public async Task Without_a_DSN_there_is_no_Sentry()
    {
        await using var service = await BhivService.StartAsync();

        Assert.That(service.Services.GetService<Sentry.IHub>(), Is.Null);
        Assert.That(Sentry.SentrySdk.IsEnabled, Is.False);
    }
}
