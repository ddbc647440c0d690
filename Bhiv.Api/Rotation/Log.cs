namespace Bhiv.Api.Rotation;

internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Warning, "{Name} {KeyId} of client {ClientId} is {Age} days old and shall be replaced within {Left} days")]
    public static partial void SecretDue(this ILogger logger, string name, string keyId, string? clientId, int age, int left);

    [LoggerMessage(3202, LogLevel.Error, "{Name} {KeyId} of client {ClientId} is {Age} days old and should have been replaced {Over} days ago")]
    public static partial void SecretOverdue(this ILogger logger, string name, string keyId, string? clientId, int age, int over);
}
