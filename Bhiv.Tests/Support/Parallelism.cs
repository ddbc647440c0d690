[assembly: Parallelizable(ParallelScope.Fixtures)]
// Of two cores a third idles otherwise: most tests wait for a process, a timeout or a browser.
[assembly: LevelOfParallelism(4)]
