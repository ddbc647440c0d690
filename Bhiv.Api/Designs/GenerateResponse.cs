using Bhiv.Application.Designs;

namespace Bhiv.Api.Designs;

/// <summary>A design and the facts of its making.</summary>
/// <param name="SpecId">Names this answer; another one for each call.</param>
/// <param name="SpecJson">The design.</param>
/// <param name="PreviewUrl">Always null: nothing is rendered.</param>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="ProcessingTime">In seconds.</param>
/// <param name="Success">Always true: a call that makes no design is answered with a problem.</param>
public sealed record GenerateResponse(
    string SpecId, DesignSpec SpecJson, string? PreviewUrl, DateTime CreatedAt, double ProcessingTime, bool Success)
{
    public static GenerateResponse Of(DesignSpec spec, DateTimeOffset now, TimeSpan took) =>
        new(Guid.CreateVersion7(now).ToString("D"), spec, null, now.UtcDateTime, Math.Round(took.TotalSeconds, 6), true);
}
