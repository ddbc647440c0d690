using System.ComponentModel.DataAnnotations;

namespace Bhiv.Api.Http;

/// <summary>A page of rows.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor" example="639079632001234560.01993f20-11aa-7b02-a6f1-90c4d2e7b835">What to send as <c>cursor</c> for the next page; null after the last one.</param>
public sealed record Page<TRow>([property: MaxLength(Page.MaximumLimit)] IReadOnlyList<TRow> Items, string? NextCursor);

/// <summary>How long a page is.</summary>
internal static class Page
{
    /// <summary>When it is not asked to be of another length.</summary>
    public const int DefaultLimit = 100;

    public const int MaximumLimit = 1000;
}
