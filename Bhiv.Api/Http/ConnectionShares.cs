using System.Net;
using System.Runtime.InteropServices;
using Bhiv.Domain;
using Microsoft.AspNetCore.Connections;

namespace Bhiv.Api.Http;

/// <summary>
/// Lets no network hold more connections than its share, so that one that opens them and says nothing keeps nobody else out; and all
/// together no more than there shall be, which the server's own limit would tell of with a line for each. A listed proxy has no share: its
/// connections are everybody's.
/// </summary>
internal sealed class ConnectionShares(HttpOptions options, TimeProvider time, ILogger<ConnectionShares> logger)
{
    // A network is here as long as it has a connection, so that addresses once seen take no room.
    private readonly Dictionary<string, int> open = [];
    private readonly Lock gate = new();
    private int all;

    // Of all networks one is named in a minute: whoever is closed comes back at once.
    private readonly Silence<string> silence = new(time);

    /// <summary>Closes what is beyond them, before a byte of it is read.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        // Of a Unix socket nobody can say who is behind it.
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var network = address is null || options.Proxies.Include(address) ? null : Network.Of(address);
        if (!TryTake(network, out var isFull))
        {
            Tell(address is null ? "a Unix socket" : CallerExtensions.TextOf(address), isFull);
            return;
        }
        try
        {
            await next(connection);
        }
        finally
        {
            GiveBack(network);
        }
    };

    /// <param name="isFull">Whether it is all together that hold as many as they may.</param>
    private bool TryTake(string? network, out bool isFull)
    {
        lock (gate)
        {
            isFull = all == options.MaximumConnections;
            if (isFull) return false;
            if (network is not null)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(open, network, out _);
                if (count == options.MaximumConnectionsPerAddress) return false;
                count++;
            }
            all++;
            return true;
        }
    }

    private void Tell(string address, bool isFull)
    {
        if (!silence.IsOver(isFull ? nameof(Log.ConnectionsExhausted) : nameof(Log.ConnectionsRefused))) return;
        if (isFull) logger.ConnectionsExhausted(options.MaximumConnections, address);
        else logger.ConnectionsRefused(address, options.MaximumConnectionsPerAddress);
    }

    private void GiveBack(string? network)
    {
        lock (gate)
        {
            all--;
            if (network is not null && --CollectionsMarshal.GetValueRefOrNullRef(open, network) == 0) open.Remove(network);
        }
    }
}
