namespace Bhiv.Tests.Support;

internal sealed partial class TemporaryDirectory
{
    /// <summary>A database that is left in it holds no secret.</summary>
    partial void Inspect() => UsedSecrets.AssertNoneInDatabases(Path);
}
