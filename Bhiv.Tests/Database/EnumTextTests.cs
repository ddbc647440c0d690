using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Tests.Database;

/// <summary>What stands in rows outlives the names in code: a renamed member fails here and wants a migration.</summary>
public sealed class EnumTextTests
{
    [Test]
    public void Texts_in_the_tables_are_these()
    {
        Assert.That(Texts<AuditEventKind>(), Is.EqualTo(new[]
        {
            "session_revoked", "account_sessions_revoked", "every_session_revoked", "refresh_token_reused", "refresh_token_ahead",
            "client_created", "client_disabled", "client_enabled", "api_key_created", "api_key_rotated", "api_key_revoked",
            "signing_key_compromised", "account_created", "account_disabled", "account_enabled", "account_roles_changed", "account_password_reset",
            "account_deleted", "client_sessions_revoked", "access_forbidden", "password_changed", "environment_account_applied",
        }));
        Assert.That(Texts<RevocationReason>(), Is.EqualTo(new[]
        {
            "logout", "ended_by_owner", "token_revoked", "reuse", "account_changed", "ended_by_operator",
            "api_key_revoked", "client_disabled",
        }));
        Assert.That(Texts<FailedLoginReason>(), Is.EqualTo(new[]
        {
            "unknown_account", "wrong_password", "account_disabled", "expired_password", "published_password", "account_changed", "throttled", "invalid_api_key",
            "revoked_api_key", "insufficient_scope", "invalid_token", "revoked_token", "wrong_client", "forbidden", "invalid_refresh_token",
            "revoked_refresh_token", "refresh_token_reused",
        }));
    }

    [Test]
    public void What_only_a_newer_build_knows_is_another_and_no_error()
    {
        var reason = EnumText.OrOther<RevocationReason>("of_a_newer_build");

        Assert.That(Enum.IsDefined(reason), Is.False);
        Assert.That(EnumText.Of(reason), Is.EqualTo("other"));
        Assert.That(EnumText.TryParse<RevocationReason>("of_a_newer_build", out _), Is.False);
    }

    private static IEnumerable<string> Texts<TEnum>()
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Select(value =>
        {
            var text = EnumText.Of(value);
            Assert.That(EnumText.OrOther<TEnum>(text), Is.EqualTo(value));
            return text;
        });
}
