using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Api.Health;
using Bhiv.Api.Http;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Audit;

/// <summary>
/// Rows in the format that was asked for. A stream holds no more of them than its next few: what the caller has not taken yet is not
/// read yet. One that fails on its way is cut off, so that nobody takes it for whole; so is one that a stop would have to wait for.
/// </summary>
internal sealed class RowsResult<TRow>(IAsyncEnumerable<TRow> rows, RowsQuery query) : IActionResult
    where TRow : IRow
{
    private const int FlushedAt = 16 * 1024;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var aborted = context.HttpContext.RequestAborted;
        await using var reader = rows.GetAsyncEnumerator(aborted);
        // The first one before the answer begins: a database that does not answer is still told as a problem.
        var any = await reader.MoveNextAsync();
        await using var cut = query.ToFormat() == RowFormat.Json ? default : CutWhenStopping(context.HttpContext);
        await (query.ToFormat() switch
        {
            RowFormat.Json => WriteJsonAsync(context.HttpContext.Response, reader, any, aborted),
            RowFormat.NdJson => WriteNdJsonAsync(context.HttpContext.Response, reader, any, aborted),
            _ => WriteCsvAsync(context.HttpContext.Response, reader, any, aborted),
        });
    }

    private static CancellationTokenRegistration CutWhenStopping(HttpContext context) =>
        context.RequestServices.GetRequiredService<HealthMonitor>().Drained.Register(() =>
        {
            context.RequestServices.GetRequiredService<ILogger<RowsResult<TRow>>>().StreamCut();
            context.Abort();
        });

    private async Task WriteJsonAsync(
        HttpResponse response, IAsyncEnumerator<TRow> reader, bool any, CancellationToken cancellationToken)
    {
        var page = new List<TRow>();
        for (; any; any = await reader.MoveNextAsync()) page.Add(reader.Current);
        // A full page may have been the last one: then the next is empty.
        var next = page.Count == query.ToLimit() ? page[^1].Cursor : null;
        await response.WriteAsJsonAsync(new Page<TRow>(page, next), BodyReader.Options, RowFormats.Json, cancellationToken);
    }

    private static async Task WriteNdJsonAsync(
        HttpResponse response, IAsyncEnumerator<TRow> reader, bool any, CancellationToken cancellationToken)
    {
        response.ContentType = RowFormats.NdJson;
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        for (; any; any = await reader.MoveNextAsync())
        {
            JsonSerializer.Serialize(json, reader.Current, BodyReader.Options);
            json.Flush();
            json.Reset();
            response.BodyWriter.Write(NewLine);
            if (response.BodyWriter.UnflushedBytes >= FlushedAt) await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteCsvAsync(
        HttpResponse response, IAsyncEnumerator<TRow> reader, bool any, CancellationToken cancellationToken)
    {
        response.ContentType = RowFormats.Csv;
        // A cell that begins like a formula gets an apostrophe: a spreadsheet would run what an attacker chose for a name.
        await using var csv = CsvWriter.Create(
            response.Body,
            new CsvWriterOptions { Injection = CsvInjection.Escape, InjectionCharacters = "=+-@\t\r\n" },
            leaveOpen: true);
        await csv.WriteRecordAsync(
            [.. BodyReader.Options.GetTypeInfo(typeof(TRow)).Properties.Select(column => column.Name)], cancellationToken);
        for (; any; any = await reader.MoveNextAsync())
        {
            var row = JsonSerializer.SerializeToElement(reader.Current, BodyReader.Options);
            await csv.WriteRecordAsync([.. row.EnumerateObject().Select(cell => Defused(cell.Value.ToString()))], cancellationToken);
        }
    }

    /// <summary>
    /// With an apostrophe, too, where a formula would begin for a spreadsheet that splits at semicolons, tabs or lines: to it the
    /// quotes around the cell are none, because its own cell began before them.
    /// </summary>
    private static string Defused(string cell) => CsvFormula.Within().Replace(cell, "$&'");
}

internal static partial class CsvFormula
{
    /// <summary>The separator before it.</summary>
    [GeneratedRegex("""[;\t\r\n](?=[\s"]*[=+\-@])""")]
    public static partial Regex Within();
}

internal interface IRow
{
    /// <summary>Where the next page begins: after this row.</summary>
    string Cursor { get; }
}
