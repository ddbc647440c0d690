using System.Diagnostics;

namespace Bhiv.Domain.Monitoring;

/// <summary>Spans for the steps of a call, where somebody listens. They have names and times, and nothing that was sent.</summary>
public static class BhivTracing
{
    public const string SourceName = "Bhiv";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a step of the present call; disposing ends it. Null when nobody listens.</summary>
    public static Activity? Begin(string step) => Source.StartActivity(step);
}
