using System.Net;
using System.Runtime.InteropServices;
using Bhiv.Domain;
using Microsoft.AspNetCore.Connections;

namespace Bhiv.Api.Http;

/// <summary>
/// Lets no network hold more connections than its share, so that one that opens them and says nothing keeps nobody else out. A listed
/// proxy has no share: its connections are everybody's.
/// </summary>
internal sealed class ConnectionShares(HttpOptions options, TimeProvider time, ILogger<ConnectionShares> logger)
{
    // A network is here as long as it has a connection, so that addresses once seen take no room.
    private readonly Dictionary<string, int> open = [];
    private readonly Lock gate = new();

    // Of all networks one is named in a minute: whoever is closed comes back at once.
    private readonly Silence<string> silence = new(time);

    /// <summary>Closes what is beyond the share, before a byte of it is read.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => connection =>
        // Of a Unix socket nobody can say who is behind it.
        connection.RemoteEndPoint is not IPEndPoint { Address: var address } || options.Proxies.Include(address)
            ? next(connection)
            : ServeAsync(connection, address, next);

    private async Task ServeAsync(ConnectionContext connection, IPAddress address, ConnectionDelegate next)
    {
        var network = Network.Of(address);
        if (!TryTake(network, address)) return;
        try
        {
            await next(connection);
        }
        finally
        {
            GiveBack(network);
        }
    }

    private bool TryTake(string network, IPAddress address)
    {
        lock (gate)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(open, network, out _);
            if (count < options.MaximumConnectionsPerAddress)
            {
                count++;
                return true;
            }
        }
        if (silence.IsOver(nameof(Log.ConnectionsRefused))) logger.ConnectionsRefused(CallerExtensions.TextOf(address), options.MaximumConnectionsPerAddress);
        return false;
    }

    private void GiveBack(string network)
    {
        lock (gate)
        {
            if (--CollectionsMarshal.GetValueRefOrNullRef(open, network) == 0) open.Remove(network);
        }
    }
}
