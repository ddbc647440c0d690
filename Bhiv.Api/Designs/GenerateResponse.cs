using System.ComponentModel.DataAnnotations;
using Bhiv.Application.Designs;

namespace Bhiv.Api.Designs;

/// <summary>A design and the facts of its making.</summary>
/// <param name="SpecId" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">Names this answer; another one for each call.</param>
/// <param name="SpecJson">The design.</param>
/// <param name="PreviewUrl" example="null">Always null: nothing is rendered.</param>
/// <param name="CreatedAt" example="2026-03-01T12:00:00Z">In UTC.</param>
/// <param name="ProcessingTime" example="0.000412">In seconds.</param>
/// <param name="Success" example="true">Always true: a call that makes no design is answered with a problem.</param>
public sealed record GenerateResponse(
    Guid SpecId,
    DesignSpec SpecJson,
    [property: AllowedValues([null])] string? PreviewUrl,
    DateTime CreatedAt,
    [property: Range(0, double.MaxValue)] double ProcessingTime,
    [property: AllowedValues(true)] bool Success)
{
    public static GenerateResponse Of(DesignSpec spec, DateTimeOffset now, TimeSpan took) =>
        new(Guid.CreateVersion7(now), spec, null, now.UtcDateTime, Math.Round(took.TotalSeconds, 6), true);
}
