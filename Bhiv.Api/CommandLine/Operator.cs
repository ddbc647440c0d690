using Bhiv.Domain.Audit;

namespace Bhiv.Api.CommandLine;

/// <summary>Whoever runs a verb: known by the account of the machine, as the audit log names it.</summary>
internal static class Operator
{
    public static readonly Author Author = new($"cli:{Environment.UserName}");
}
