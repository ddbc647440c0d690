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
        var variable = NameOf(id);
        var record = (await keys.ListAsync(cancellationToken)).FirstOrDefault(record => record.Id == id);
        var history = record is null ? "never seen here" : Describe(record, variable == SecretAge.JwtSecret);
        return ring.Find(id) is not null
            ? new Check(name, true, $"{id} is {variable}; {history}.")
            : new Check(name, false, $"{id} is {(variable is null ? "not in this configuration" : variable + ", and refused")}; {history}.");
    }

    private string? NameOf(string id)
    {
        var (active, previous, next) = ring.Configured;
        return active.Id == id ? SecretAge.JwtSecret : previous?.Id == id ? SecretAge.JwtSecretPrevious : next?.Id == id ? SecretAge.JwtSecretNext : null;
    }

    private static string Describe(SigningKeyRecord record, bool signs) => string.Join(", ", new[]
    {
        $"first seen at {Spoken.Of(record.FirstSeenAt)}",
        record.SignsSince is { } since ? $"{(signs ? "signs since" : "signed from")} {Spoken.Of(since)}" : null,
        record.CompromisedAt is { } compromised ? $"marked as compromised at {Spoken.Of(compromised)}" : null,
    }.OfType<string>());
}
