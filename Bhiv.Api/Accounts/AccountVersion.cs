using System.Globalization;
using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using Microsoft.Net.Http.Headers;

namespace Bhiv.Api.Accounts;

/// <summary>The version of an account as <c>ETag</c> and <c>If-Match</c> have it (RFC 9110 §8.8.3).</summary>
internal static class AccountVersion
{
    /// <summary>Of the longest number, and its quotes.</summary>
    public const int MaximumLength = 21;

    public const string Rule = "must be the ETag of the account, as \"3\", or *.";

    public static readonly Problem Malformed = Problem.OfFields(new Dictionary<string, string[]> { [HeaderNames.IfMatch] = [Rule] });

    public static string Of(Account account) => FormattableString.Invariant($"\"{account.Version}\"");

    /// <param name="version">Null where any will do: without the header, and with <c>*</c>.</param>
    public static bool TryParse(string? ifMatch, out long? version)
    {
        version = null;
        if (ifMatch is null or "*") return true;
        if (ifMatch is not ['"', .. var digits, '"'] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        version = number;
        return true;
    }
}
