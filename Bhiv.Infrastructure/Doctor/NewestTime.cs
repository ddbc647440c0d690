using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Doctor;

/// <summary>When something last happened that a database tells of: a clock that stands before it was set back, or never set.</summary>
internal static class NewestTime
{
    public static async Task<DateTimeOffset?> ReadAsync(BhivDbContext its, CancellationToken cancellationToken)
    {
        IQueryable<DateTimeOffset?>[] times =
        [
            its.Accounts.Select(row => (DateTimeOffset?)row.CreatedAt), its.Accounts.Select(row => row.SessionsEndedAt),
            its.Clients.Select(row => (DateTimeOffset?)row.CreatedAt),
            its.ApiKeys.Select(row => (DateTimeOffset?)row.CreatedAt), its.ApiKeys.Select(row => row.LastUsedAt),
            its.SigningKeys.Select(row => (DateTimeOffset?)row.FirstSeenAt), its.SigningKeys.Select(row => row.SignsSince),
            its.Sessions.Select(row => (DateTimeOffset?)row.RotatedAt),
            its.AuditEvents.Select(row => (DateTimeOffset?)row.At), its.FailedLogins.Select(row => (DateTimeOffset?)row.At),
        ];
        DateTimeOffset? newest = null;
        foreach (var time in times)
        {
            if (await time.MaxAsync(cancellationToken) is { } latest && !(latest <= newest)) newest = latest;
        }
        return newest;
    }
}
