[assembly: Parallelizable(ParallelScope.Fixtures)]
// Whatever the machine: of two cores a third idles otherwise, for most tests wait for a process, a timeout or a browser.
[assembly: LevelOfParallelism(4)]
