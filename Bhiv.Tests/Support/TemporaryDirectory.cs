namespace Bhiv.Tests.Support;

/// <summary>A directory of its own for one test, gone with it.</summary>
internal sealed partial class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bhiv-test-").FullName;

    /// <summary>Whether databases in it are looked through for secrets at the end.</summary>
    public bool IsInspected { get; init; } = true;

    public void Dispose()
    {
        try
        {
            if (IsInspected) Inspect();
        }
        finally
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>What is looked at before it goes; nothing where only this file is built in.</summary>
    partial void Inspect();
}
