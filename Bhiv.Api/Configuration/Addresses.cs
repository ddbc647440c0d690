using System.Net;
using Bhiv.Api.Http;
using Microsoft.AspNetCore.Connections;

namespace Bhiv.Api.Configuration;

/// <summary>Where the server listens, and who could listen in.</summary>
internal static class Addresses
{
    /// <summary>Loopback, on both families: what the server listens on when nothing else is said.</summary>
    public const string Default = "http://localhost:8000";

    /// <summary>The configured addresses, or the default; Kestrel's own rules of precedence.</summary>
    public static IReadOnlyList<string> Read(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"] ?? string.Empty).ToList();
        if (endpoints.Count > 0) return endpoints;
        if (Split(configuration["urls"]) is { Length: > 0 } urls) return urls;
        // Ports alone mean every address of the machine.
        List<string> ports =
        [
            .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
            .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}"),
        ];
        return ports.Count > 0 ? ports : [Default];
    }

    public static void Judge(
        IReadOnlyList<string> addresses, bool development, HttpOptions http, ICollection<string> failures)
    {
        foreach (var address in addresses)
        {
            if (!TryParse(address, out var parsed))
                failures.Add($"\"{address}\" is no address to listen on. Use --urls {Default} or ASPNETCORE_URLS.");
            else if (IsLoopback(parsed))
                continue;
            else if (development)
                failures.Add($"{address} is open to the network, and Development runs on secrets that are published. "
                    + $"Use --urls {Default}, or run the published build, which is Production.");
            else if (parsed.Scheme != Uri.UriSchemeHttps && !http.AllowPlain && !http.Proxies.Any)
                failures.Add($"{address} takes credentials in plain text from the network. "
                    + "Listen on loopback behind a TLS proxy, name the proxy in Http__Proxies, use an https:// address, or set Http__AllowPlain=true.");
        }
    }

    /// <summary>Whether what comes there may come in plain text from other machines.</summary>
    public static bool IsPlainAndOpen(string address) =>
        TryParse(address, out var parsed) && !IsLoopback(parsed) && parsed.Scheme != Uri.UriSchemeHttps;

    public static bool IsInUse(Exception? fault) => fault is IOException { InnerException: AddressInUseException };

    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe
        || string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        // Parsed as Kestrel parses it: what is no IP address to Kestrel, such as [127.0.0.1], is every address of the machine.
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static bool TryParse(string address, out BindingAddress parsed)
    {
        try
        {
            parsed = BindingAddress.Parse(address);
            return parsed.PathBase.Length == 0 && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps);
        }
        catch (FormatException)
        {
            parsed = null!;
            return false;
        }
    }

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
