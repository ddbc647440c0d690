using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Bhiv.Tests.Http;

/// <summary>What HTTP/2 says otherwise than HTTP/1.1. In plain text, and so known to both beforehand (RFC 9113 §3.3).</summary>
public sealed class Http2Tests
{
    private ServerLog log = null!;

    [SetUp]
    public void Forget() => log = new();

    [Test]
    public async Task When_as_many_are_held_as_may_be_the_connection_of_the_next_goes()
    {
        var full = new Tarpit(TimeSpan.FromSeconds(30));
        using var over = new CancellationTokenSource();
        var held = Enumerable.Range(0, Tarpit.MaximumHeld).Select(_ => full.HoldAsync(over.Token)).ToList();
        await using (var service = await StartAsync(services => services.AddSingleton(full), "--RateLimits:RequestsPerMinute=2"))
        {
            using var caller = new Caller(service);
            await caller.Client.LoginAsync();
            await caller.Client.LoginAsync();
            Assert.That(caller.Connections, Is.EqualTo(1), "one connection for them all");

            var refused = await caller.Client.LoginAsync();

            Assert.That((refused.Code, refused.Response.Version), Is.EqualTo(("rate_limited", HttpVersion.Version20)));
            Assert.That(log.Warnings, Is.Empty);
            await Eventually.IsTrueAsync(async () =>
            {
                await caller.Client.LoginAsync();
                return caller.Connections > 1;
            });
        }
        await over.CancelAsync();
        await Task.WhenAll(held);
    }

    [Test]
    public async Task A_call_that_took_too_long_is_answered_and_its_connection_goes_when_the_others_of_it_are_done()
    {
        var accounts = new Mock<IAccountStore>();
        accounts.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>())).Returns(async (AccountName _, CancellationToken token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        await using var service = await StartAsync(services => services
            .Configure<RequestTimeoutOptions>(timeouts => timeouts.DefaultPolicy = TimeLimit.Of(TimeSpan.FromSeconds(1)))
            .AddSingleton(accounts.Object));
        using var caller = new Caller(service);
        await caller.Client.GetAsync("/health/live");

        var first = caller.Client.LoginAsync();
        await Task.Delay(500);
        var second = caller.Client.LoginAsync();

        foreach (var late in new[] { await first, await second })
            Assert.That((late.Status, late.Code), Is.EqualTo((HttpStatusCode.RequestTimeout, "request_timeout")));
        Assert.That(caller.Connections, Is.EqualTo(1));
        Assert.That(log.Warnings, Is.Empty);
        await Eventually.IsTrueAsync(async () =>
        {
            await caller.Client.GetAsync("/health/live");
            return caller.Connections > 1;
        });
    }

    [Test]
    public async Task Of_a_body_that_nobody_reads_comes_no_more_than_the_largest()
    {
        await using var service = await StartAsync(services => services.AddSingleton(new Tarpit(TimeSpan.FromSeconds(1))), "--RateLimits:RequestsPerMinute=1");
        using var caller = new Caller(service);
        await caller.Client.LoginAsync(apiKey: null);
        var body = new Counted();

        using var refused = await caller.Client.PostAsync(Calls.Login, body);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(body.Sent, Is.InRange(1, 2 * BodyReader.MaximumSize), "what was sent, and what the client holds");
    }

    private Task<BhivService> StartAsync(Action<IServiceCollection> replace, params string[] arguments) => BhivService.StartAsync(
        arguments: ["--Kestrel:EndpointDefaults:Protocols=Http2", .. arguments],
        replace: services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            replace(services);
        });

    /// <summary>A client that speaks nothing but HTTP/2, and counts its connections.</summary>
    private sealed class Caller : IDisposable
    {
        private int connections;

        public Caller(BhivService service) => Client = new HttpClient(new Speaking(
            new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancellationToken) =>
                {
                    Interlocked.Increment(ref connections);
                    return new NetworkStream(
                        await Peer.ConnectAsync("127.0.0.1", context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true);
                },
            }))
        {
            BaseAddress = service.Client.BaseAddress,
        };

        public HttpClient Client { get; }

        public int Connections => Volatile.Read(ref connections);

        public void Dispose() => Client.Dispose();

        private sealed class Speaking(HttpMessageHandler handler) : DelegatingHandler(handler)
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                request.Version = HttpVersion.Version20;
                request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
                return base.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>Half a megabyte, and how much of it went.</summary>
    private sealed class Counted : HttpContent
    {
        private int sent;

        public int Sent => Volatile.Read(ref sent);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[8 * 1024];
            for (var number = 0; number < 64; number++, Interlocked.Add(ref sent, piece.Length)) await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>What the server itself finds wrong.</summary>
    private sealed class ServerLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> warnings = new();

        public IReadOnlyList<string> Warnings => [.. warnings];

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.AspNetCore.Server.", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) warnings.Enqueue(formatter(state, exception));
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public void Dispose()
        {
            // It is the test's.
        }
    }
}
