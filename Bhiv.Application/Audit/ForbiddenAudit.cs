using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Audit;

/// <summary>
/// Remembers of whoever is let in that he tried more than he may. Whoever goes on says nothing new: of one key, account and call there is one event an
/// hour, and of all that come from one of so many <see cref="Places"/>, so that a try from home hides none from elsewhere.
/// </summary>
public sealed class ForbiddenAudit(IAuditEventStore audit, TimeProvider time)
{
    /// <summary>Networks fall on them by a hash that nobody outside knows.</summary>
    private const int Places = 8;

    private readonly Silence<(ApiKeyId? Key, AccountId? Account, string Call, int Place)> silence = new(time, TimeSpan.FromHours(1));

    /// <summary>Durable when it returns, if it is new.</summary>
    /// <param name="code">Of the answer.</param>
    /// <param name="call">Its method and route, and not the path that was sent.</param>
    public async Task RecordAsync(string code, string call, AccountId? account, Caller caller)
    {
        var tried = (caller.Key, account, call, HashCode.Combine(Network.Of(caller.Address)) & (Places - 1));
        if (!silence.IsOver(tried)) return;
        try
        {
            await audit.AddAsync(AuditEvent.OfForbidden(code, call, account, caller, time.Now()));
        }
        catch
        {
            // The next try is news still.
            silence.Break(tried);
            throw;
        }
    }
}
