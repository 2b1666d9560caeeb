using BenchmarkDotNet.Running;
using NamespaceLocking.Benchmarks;

if (args is ["--quick"])
    QuickRun.Run();
else
    BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
