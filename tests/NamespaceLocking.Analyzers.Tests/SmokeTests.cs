namespace NamespaceLocking.Analyzers.Tests;
public class SmokeTests { [Fact] public Task Compiles() => Verify.BodyAsync("using var g = locks.AcquireShared(ns); store.Backup(ns);"); }
