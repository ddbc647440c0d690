using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;

namespace Bhiv.Infrastructure.Audit;

internal sealed class FailedLoginStore(BhivDatabase database) : IFailedLoginStore
{
    public Task AddAsync(FailedLogin failure) => database.WriteAsync(
        context =>
        {
            context.FailedLogins.Add(failure);
            return context.SaveChangesAsync();
        },
        CancellationToken.None);
}
