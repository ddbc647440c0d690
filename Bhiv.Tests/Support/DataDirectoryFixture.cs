namespace Bhiv.Tests.Support;

/// <summary>Tests that start the service more than once on the same data: each test has a directory that outlives its services.</summary>
public abstract class DataDirectoryFixture
{
    private TemporaryDirectory directory = null!;

    protected string DataDirectory => directory.Path;

    [SetUp]
    public void MakeDirectory() => directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => directory.Dispose();
}
