using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Application.Explaining;

/// <summary>Says of a key id what is known of the key: where it is configured, and since when it was seen, signs or is compromised.</summary>
public sealed class SigningKeyFinder(SigningKeyRing ring, ISigningKeyStore keys)
{
    /// <param name="id">The <c>kid</c> of a token; null where it names none.</param>
    public async Task<Check> FindAsync(string? id, CancellationToken cancellationToken)
    {
        const string name = "signing key";
        if (id is null) return new Check(name, null, "It names none; each key is tried.");
        var record = (await keys.ListAsync(cancellationToken)).FirstOrDefault(record => record.Id == id);
        var history = record is null ? "never seen here" : Describe(record);
        return NameOf(id) is { } variable && ring.Find(id) is not null
            ? new Check(name, true, $"{id} is {variable}; {history}.")
            : new Check(name, false, $"{id} is {(NameOf(id) is { } refused ? refused + ", and refused" : "not in this configuration")}; {history}.");
    }

    private string? NameOf(string id)
    {
        var (active, previous, next) = ring.Configured;
        return active.Id == id ? SecretAge.JwtSecret : previous?.Id == id ? SecretAge.JwtSecretPrevious : next?.Id == id ? SecretAge.JwtSecretNext : null;
    }

    private static string Describe(SigningKeyRecord record) => string.Join(", ", new[]
    {
        $"first seen {Spoken.Of(record.FirstSeenAt)}",
        record.SignsSince is { } signs ? $"signs since {Spoken.Of(signs)}" : null,
        record.CompromisedAt is { } compromised ? $"compromised since {Spoken.Of(compromised)}" : null,
    }.OfType<string>());
}
