using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Support;

/// <summary>API keys as the store has them, made past the calls that make them.</summary>
internal static class StoredKeys
{
    private static readonly Author Author = new("cli:test");

    /// <param name="client">It is made where there is none.</param>
    /// <param name="lifetime">From now on; a key that has expired has a negative one.</param>
    public static async Task<StoredKey> MakeKeyAsync(
        this BhivService service, Scopes scopes = Scopes.All, string client = "default", TimeSpan? lifetime = null)
    {
        await service.Services.GetRequiredService<ClientAdministration>().TryCreateAsync(new ClientId(client), Author);
        var text = PlainTextApiKey.Generate();
        var now = service.Clock.GetUtcNow();
        var key = ApiKey.Create(new ClientId(client), text, scopes, lifetime ?? TimeSpan.FromDays(30), now);
        var recorded = AuditEvent.OfApiKey(AuditEventKind.ApiKeyCreated, key.ClientId, key.Id, Author, now);
        Assert.That(await service.Services.GetRequiredService<IApiKeyStore>().TryAddAsync(key, recorded), Is.True);
        UsedSecrets.AddHandedOut(text.Reveal());
        return new StoredKey(key.Id.Value, text.Reveal());
    }

    public static Task<StoredKey> MakeExpiredKeyAsync(this BhivService service) => service.MakeKeyAsync(lifetime: TimeSpan.FromSeconds(-1));

    public static async Task<StoredKey> MakeRevokedKeyAsync(this BhivService service)
    {
        var key = await service.MakeKeyAsync();
        await service.Services.GetRequiredService<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(key.Id), Author);
        return key;
    }

    /// <summary>A client that nobody else has.</summary>
    public static async Task<string> MakeClientAsync(this BhivService service, bool disabled = false)
    {
        var clients = service.Services.GetRequiredService<ClientAdministration>();
        var id = $"c-{Guid.NewGuid():N}";
        await clients.TryCreateAsync(new ClientId(id), Author);
        if (disabled) await clients.DisableAsync(new ClientId(id), Author);
        return id;
    }
}

internal sealed record StoredKey(string Id, string Text);
