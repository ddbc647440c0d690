using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Support;

/// <summary>Clients and keys, made beside the calls of a test.</summary>
internal static class Keys
{
    /// <summary>A new key of the client, which is made where there is none.</summary>
    public static async Task<(ApiKeyId Id, string Text)> CreateKeyAsync(
        this BhivService service, string client, Scopes scopes = Scopes.All, TimeSpan? lifetime = null)
    {
        var by = new Author("test");
        await service.Services.GetRequiredService<ClientAdministration>().TryCreateAsync(new ClientId(client), by);
        var made = await service.Services.GetRequiredService<ApiKeyAdministration>().TryCreateAsync(new ClientId(client), scopes, lifetime, by);
        return (made!.Key.Id, made.Text.Reveal());
    }
}
