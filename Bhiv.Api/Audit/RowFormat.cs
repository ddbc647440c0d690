namespace Bhiv.Api.Audit;

internal enum RowFormat
{
    /// <summary>A page: an object with the rows and the cursor of the next one.</summary>
    Json,

    /// <summary>A JSON object a line, as many as there are.</summary>
    NdJson,

    /// <summary>RFC 4180, for a spreadsheet.</summary>
    Csv,
}

internal static class RowFormats
{
    public const string Json = "application/json";
    public const string NdJson = "application/x-ndjson";
    public const string Csv = "text/csv";

    public static readonly IReadOnlyDictionary<string, RowFormat> Known = new Dictionary<string, RowFormat>
    {
        ["json"] = RowFormat.Json,
        ["ndjson"] = RowFormat.NdJson,
        ["csv"] = RowFormat.Csv,
    };
}
