using System.Collections.Concurrent;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Rotation;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.ApiKeys;

/// <summary>
/// All keys in memory, by their hash: to find one takes no longer for a better guess. The stores put in what this process changed, the
/// change feed what others did.
/// </summary>
internal sealed class ApiKeyIndex(EnvironmentApiKeys environment, ApiKeyOptions options, TimeProvider time) : IApiKeys
{
    /// <summary>A use so soon after another is none worth keeping.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ApiKeyId, ApiKeyUse> used = new();
    private readonly ConcurrentDictionary<ApiKeyId, bool> unwritten = new();
    private readonly Lock gate = new();
    private EnvironmentApiKeys environment = environment;
    private Rows rows = new(0, [], []);
    private volatile IReadOnlyDictionary<ApiKeyHash, KnownApiKey> known = new Dictionary<ApiKeyHash, KnownApiKey>();

    public KnownApiKey? Find(PlainTextApiKey presented) => known.GetValueOrDefault(presented.Hash);

    public string? NameOf(ApiKeyId id)
    {
        lock (gate)
        {
            return environment.Current.KnownAs == id ? SecretAge.EnvironmentApiKey
                : environment.Previous?.KnownAs == id ? SecretAge.EnvironmentApiKeyPrevious
                : null;
        }
    }

    public void Replace(EnvironmentApiKeys environment)
    {
        lock (gate)
        {
            this.environment = environment;
            Index();
        }
    }

    /// <summary>Takes what was read, unless something newer is known.</summary>
    public void Take(Rows read)
    {
        lock (gate)
        {
            if (read.Sequence < rows.Sequence) return;
            rows = read;
            Index();
        }
    }

    /// <summary>The rows at least as they were at a number of the audit events.</summary>
    public static async Task<Rows> ReadAsync(BhivDbContext context, CancellationToken cancellationToken)
    {
        // First: what is committed between the reads is in the rows, and the number says less than they know.
        var sequence = await context.AuditEvents.MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0;
        var clients = await context.Clients.AsNoTracking().ToListAsync(cancellationToken);
        return new Rows(sequence, clients, await context.ApiKeys.AsNoTracking().ToListAsync(cancellationToken));
    }

    public bool IsUseNews(ApiKeyId id, DateTimeOffset now) =>
        !used.TryGetValue(id, out var last) || (now - last.At).Duration() >= Moment;

    public void MarkUsed(ApiKeyUse use)
    {
        used[use.Id] = use;
        unwritten[use.Id] = true;
    }

    /// <summary>The last use of each key that was used since this was asked.</summary>
    public IReadOnlyList<ApiKeyUse> TakeUses() =>
        [.. unwritten.Keys.Where(id => unwritten.TryRemove(id, out _)).Select(id => used[id])];

    /// <summary>What could not be written is asked for again.</summary>
    public void GiveBack(IReadOnlyList<ApiKeyUse> uses)
    {
        foreach (var use in uses) unwritten[use.Id] = true;
    }

    private void Index()
    {
        var clients = rows.Clients.ToDictionary(client => client.Id);
        var index = new Dictionary<ApiKeyHash, KnownApiKey>();
        foreach (var key in rows.Keys.Where(key => !key.IsOfEnvironment)) Add(key.Hash!, key);
        foreach (var text in environment.All)
        {
            // One that was made here stays what it was made, wherever it stands: it expires, and once revoked it is for ever.
            if (index.ContainsKey(text.Hash)) continue;
            // Not yet seen by the store: it is as good, and this moment is the first.
            var seen = rows.Keys.FirstOrDefault(key => key.Id == text.KnownAs && key.IsOfEnvironment) ?? ApiKey.FromEnvironment(text, Scopes.None, time.GetUtcNow());
            Add(text.Hash, seen with { Scopes = options.BootstrapScopes });
        }
        known = index;

        void Add(ApiKeyHash hash, ApiKey key) => index[hash] = new KnownApiKey(
            key,
            clients.GetValueOrDefault(key.ClientId) ?? new Client { Id = key.ClientId, CreatedAt = key.CreatedAt },
            key.RotateBy(options));
    }

    /// <param name="Sequence">Of an audit event: every change up to it is in the rows.</param>
    internal sealed record Rows(long Sequence, IReadOnlyList<Client> Clients, IReadOnlyList<ApiKey> Keys);
}
