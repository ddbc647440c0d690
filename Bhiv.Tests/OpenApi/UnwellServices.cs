using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Bhiv.Tests.OpenApi;

/// <summary>Services that answer what a healthy one does not.</summary>
internal sealed class UnwellServices : IAsyncDisposable
{
    private readonly Dictionary<Scopes, BhivService> narrow = [];
    private readonly FakeTimeProvider clock;

    private UnwellServices(
        BhivService slow, BhivService failing, BhivService faulty, BhivService endless, BhivService proxied, BhivService limited, FakeTimeProvider clock) =>
        (Slow, Failing, Faulty, Endless, Proxied, Limited, this.clock) = (slow, failing, faulty, endless, proxied, limited, clock);

    /// <summary>Waits a second for a body, and no more.</summary>
    public BhivService Slow { get; }

    /// <summary>Its stores do not answer, and what was revoked lately is not known to it.</summary>
    public BhivService Failing { get; }

    /// <summary>Each endpoint of it throws.</summary>
    public BhivService Faulty { get; }

    /// <summary>No endpoint of it comes to an end, and it does not wait for one.</summary>
    public BhivService Endless { get; }

    /// <summary>Whoever calls it is its proxy.</summary>
    public BhivService Proxied { get; }

    /// <summary>Takes one request a minute of each caller.</summary>
    public BhivService Limited { get; }

    /// <param name="healthy">Its clock is theirs, so that its tokens are good here too.</param>
    public static async Task<UnwellServices> StartAsync(BhivService healthy)
    {
        var clock = healthy.Clock;
        // Where a session is looked up, it is there.
        var directory = Path.GetDirectoryName(healthy.DatabasePath);
        var slow = await BhivService.StartAsync(replace: services => services.Configure<KestrelServerOptions>(
            kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(10_000, TimeSpan.FromSeconds(1.1))), directory: directory, clock: clock);
        var failing = await BhivService.StartAsync(replace: FailStores, clock: clock);
        failing.Execute("ALTER TABLE audit_events RENAME TO gone");
        clock.Advance(TimeSpan.FromSeconds(6));
        var faulty = await StartAsync(new Replacing(_ => throw new InvalidOperationException("a fault")));
        var endless = await StartAsync(new Replacing(context => Task.Delay(Timeout.Infinite, context.RequestAborted)));
        var proxied = await BhivService.StartAsync(arguments: ["--Http:Proxies=127.0.0.1"], directory: directory, clock: clock);
        var limited = await BhivService.StartAsync(
            arguments: ["--RateLimits:RequestsPerMinute=1"], clock: clock);
        return new(slow, failing, faulty, endless, proxied, limited, clock);

        Task<BhivService> StartAsync(Replacing endpoints) => BhivService.StartAsync(
            replace: services => services.AddSingleton<IStartupFilter>(endpoints)
                .Configure<RequestTimeoutOptions>(timeouts => timeouts.DefaultPolicy = TimeLimit.Of(TimeSpan.FromMilliseconds(200))),
            directory: directory, clock: clock);
    }

    /// <summary>Its API key has every scope but this.</summary>
    public async Task<BhivService> WithoutAsync(Scopes scope)
    {
        if (!narrow.TryGetValue(scope, out var service))
        {
            narrow[scope] = service = await BhivService.StartAsync(replace: services =>
                services.AddSingleton(new ApiKeyOptions { BootstrapScopes = Scopes.All & ~scope }), clock: clock);
        }
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in new[] { Slow, Failing, Faulty, Endless, Proxied, Limited }.Concat(narrow.Values)) await service.DisposeAsync();
    }

    private static void FailStores(IServiceCollection services)
    {
        var fault = new StoreUnavailableException("locked");
        var accounts = new Mock<IAccountStore>();
        accounts.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        var sessions = new Mock<ISessionStore>();
        sessions.Setup(it => it.FindAsync(It.IsAny<SessionId>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        services.AddSingleton(accounts.Object).AddSingleton(sessions.Object);
    }

    /// <summary>Whatever routing finds keeps what it demands, and does something else.</summary>
    private sealed class Replacing(RequestDelegate instead) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Features.Set<IEndpointFeature>(new ReplacedEndpoint(instead));
                return go(context);
            });
            next(app);
        };
    }

    private sealed class ReplacedEndpoint(RequestDelegate instead) : IEndpointFeature
    {
        private Endpoint? endpoint;

        public Endpoint? Endpoint
        {
            get => endpoint;
            set => endpoint = value is null ? null : new Endpoint(instead, value.Metadata, value.DisplayName);
        }
    }
}
