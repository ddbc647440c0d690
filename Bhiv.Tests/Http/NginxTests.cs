using System.Diagnostics;
using System.Net;
using System.Net.Security;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Http;

/// <summary>The real nginx with the runbook's configuration in front of the service.</summary>
public sealed class NginxTests
{
    private const string Nginx = "/usr/sbin/nginx";
    private const string Client = "127.0.0.5";
    private const string Replaced = "proxy_set_header X-Forwarded-For $remote_addr;";
    private const string Appended = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";

    private RecordedLog<CredentialRefusalWriter> log = null!;
    private TemporaryDirectory directory = null!;
    private BhivService service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        if (!File.Exists(Nginx)) Assert.Ignore("nginx is not installed; the distribution's package is called nginx.");
        if (!Programs.IsInstalled("openssl")) Assert.Ignore("openssl is not installed.");
        directory = new TemporaryDirectory();
        log = new RecordedLog<CredentialRefusalWriter>();
        service = await BhivService.StartAsync(
            arguments: ["--Http:Proxies=127.0.0.1"], replace: services => services.AddSingleton<ILogger<CredentialRefusalWriter>>(log));
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (service is not null) await service.DisposeAsync();
        directory?.Dispose();
    }

    [TestCase(Replaced)]
    [TestCase(Appended)]
    public async Task The_address_is_the_clients_whatever_he_says(string header)
    {
        await using var nginx = await FrontAsync(header);
        using var client = nginx.ClientFrom(Client);
        foreach (var forged in new[] { null, "203.0.113.7", "203.0.113.7, 127.0.0.1", "127.0.0.1, 127.0.0.1", "unknown" })
        {
            client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            if (forged is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forged);
            client.DefaultRequestHeaders.Remove("X-Real-IP");
            client.DefaultRequestHeaders.Add("X-Real-IP", "203.0.113.7");

            Assert.That((await client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await client.LoginAsync(password: "wrong")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            await client.LoginAsync(apiKey: "another-key");
        }

        Assert.That(
            service.Query("SELECT address FROM failed_logins WHERE reason = 'wrong_password'", row => row.GetString(0)), Has.Count.EqualTo(5).And.All.EqualTo(Client));
        Assert.That(service.Query("SELECT address FROM refresh_tokens", row => row.GetString(0)), Has.Count.EqualTo(5).And.All.EqualTo(Client));
        Assert.That(log.Lines, Has.Count.EqualTo(5).And.All.Contains($"from {Client}:"));
    }

    [Test]
    public async Task What_comes_to_it_in_plain_text_is_refused_whatever_is_said_of_it()
    {
        await using var nginx = await FrontAsync(Replaced);
        using var client = Peer.ClientFrom(Client, nginx.Plain);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var answer = await client.LoginAsync();

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Code, Is.EqualTo("https_required"));
        Assert.That((await client.GetAsync("/health", null)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Count("refresh_tokens"), Is.Zero);
    }

    [Test]
    public async Task What_comes_past_it_says_nothing_of_itself()
    {
        await using var nginx = await FrontAsync(Replaced);
        using var past = Peer.ClientFrom(Client, service.Client.BaseAddress!);
        past.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        await past.LoginAsync(password: "wrong");

        Assert.That(service.Query("SELECT address FROM failed_logins", row => row.GetString(0)), Is.EqualTo(new[] { Client }));
    }

    /// <summary>The runbook's own block, with other ports and another certificate, and a port for plain HTTP.</summary>
    private async Task<Front> FrontAsync(string header)
    {
        var (tls, plain) = (Ports.Free(), Ports.Free());
        var runbook = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Bhiv.Api", "RUNBOOK.md"));
        var block = runbook.Split("```nginx\n")[1].Split("```")[0];
        Assert.That(block, Does.Contain(Replaced));
        block = block.Replace(Replaced, header, StringComparison.Ordinal)
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{tls} ssl; listen 127.0.0.1:{plain};", StringComparison.Ordinal)
            .Replace("/etc/ssl/bhiv.", "bhiv.", StringComparison.Ordinal)
            .Replace("127.0.0.1:8000", $"127.0.0.1:{service.Client.BaseAddress!.Port}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "nginx.conf"), $$"""
            daemon off; master_process off; pid nginx.pid; error_log error.log;
            events { }
            http {
                access_log off;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            {{block}}
            }
            """);
        using var openssl = Process.Start(new ProcessStartInfo("openssl",
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2", "-keyout", "bhiv.key", "-out", "bhiv.crt"])
        {
            WorkingDirectory = directory.Path,
            RedirectStandardError = true,
        })!;
        await openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        return await Front.StartAsync(directory.Path, tls, plain);
    }

    private sealed class Front(Process process, int tls, int plain) : IAsyncDisposable
    {
        public Uri Plain { get; } = new($"http://127.0.0.1:{plain}");

        private Uri Tls { get; } = new($"https://127.0.0.1:{tls}");

        public static async Task<Front> StartAsync(string directory, int tls, int plain)
        {
            var process = Process.Start(new ProcessStartInfo(Nginx, ["-p", directory, "-c", "nginx.conf", "-e", "error.log"]) { RedirectStandardError = true })!;
            var front = new Front(process, tls, plain);
            using var client = front.ClientFrom(Client);
            await Eventually.IsTrueAsync(async () =>
            {
                Assert.That(process.HasExited, Is.False, process.HasExited ? await process.StandardError.ReadToEndAsync() : "");
                try
                {
                    return (await client.GetAsync("/health/live")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            });
            return front;
        }

        /// <summary>Its certificate is nobody's; that is not what is tested.</summary>
        public HttpClient ClientFrom(string address) => Peer.ClientFrom(address, Tls, handler => handler.SslOptions = new SslClientAuthenticationOptions
        {
#pragma warning disable CA5359 // A certificate that was made a second ago, on this machine.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
