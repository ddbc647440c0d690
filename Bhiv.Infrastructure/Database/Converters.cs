using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// Times are whole microseconds since the Unix epoch: the same on every provider, ordered, and never in a local zone.
/// </summary>
internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    time => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
    microseconds => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));

/// <summary>Ids are stored as they stand on the wire, so that what a token or a log line names is found by pasting it.</summary>
internal sealed class AccountIdConverter() : ValueConverter<AccountId, string>(
    id => id.ToString(), text => new AccountId(Guid.ParseExact(text, "D")));

internal sealed class SessionIdConverter() : ValueConverter<SessionId, string>(
    id => id.ToString(), text => new SessionId(Guid.ParseExact(text, "D")));

internal sealed class FailedLoginIdConverter() : ValueConverter<FailedLoginId, string>(
    id => id.ToString(), text => new FailedLoginId(Guid.ParseExact(text, "D")));

internal sealed class ClientIdConverter() : ValueConverter<ClientId, string>(id => id.Value, text => new ClientId(text));

internal sealed class ApiKeyIdConverter() : ValueConverter<ApiKeyId, string>(id => id.Value, text => new ApiKeyId(text));

internal sealed class ApiKeyHashConverter() : ValueConverter<ApiKeyHash, byte[]>(hash => hash.ToBytes(), bytes => ApiKeyHash.FromBytes(bytes));

/// <summary>A scope that only a newer build knows gives nothing here.</summary>
internal sealed class ScopesConverter() : ValueConverter<Scopes, string>(scopes => scopes.ToText(), text => ScopesText.OfKnown(text));

internal sealed class PasswordHashConverter() : ValueConverter<PasswordHash, string>(
    hash => hash.Encoded, text => new PasswordHash(text));

internal sealed class SessionSecretConverter() : ValueConverter<SessionSecret, byte[]>(
    secret => secret.ToBytes(), bytes => SessionSecret.FromBytes(bytes));
