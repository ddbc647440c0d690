using Bhiv.Api.Configuration;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.Doctor;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Doctor;

/// <summary>Everything that is judged, as it stood at one time.</summary>
/// <param name="Settings">As far as they can be read.</param>
/// <param name="Refusals">Why no server would start on them: a sentence each.</param>
/// <param name="Sources">Where the settings come from that are not in <c>appsettings.json</c>.</param>
/// <param name="Database">Null where the settings name none.</param>
/// <param name="Keys">Null where no database of this build could be read.</param>
internal sealed record Evidence(
    DateTimeOffset Now,
    Settings Settings,
    IReadOnlyList<string> Refusals,
    IReadOnlyList<SettingSource> Sources,
    GivenSecrets Secrets,
    DatabaseFacts? Database,
    KeyFacts? Keys);

/// <summary>What the database knows of keys.</summary>
/// <param name="Ages">Of those that are in use.</param>
/// <param name="SigningKeys">Every one that was ever seen.</param>
/// <param name="Uses">What hangs on each signing key, by its id.</param>
/// <param name="PublishedAccount">The name of an account with a password that the runbook publishes; null in Development, which lets it be.</param>
internal sealed record KeyFacts(
    IReadOnlyList<SecretAge> Ages,
    IReadOnlyList<SigningKeyRecord> SigningKeys,
    IReadOnlyDictionary<string, SigningKeyUse> Uses,
    IReadOnlyList<ApiKeyEntry> ApiKeys,
    string? PublishedAccount)
{
    /// <summary>Whether a process of the service ever had it.</summary>
    public bool HasSeen(string id) => SigningKeys.Any(key => key.Id == id) || ApiKeys.Any(key => key.Overview.Key.Id.Value == id);
}
