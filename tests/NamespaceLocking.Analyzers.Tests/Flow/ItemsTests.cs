namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Items of collections, by their index: the same ones until somebody writes to the collection.</summary>
public class ItemsTests
{
    private const string Types =
        """
        sealed class Jobs(int count) { public BackupNamespace this[int i] => BackupNamespace.Root; public int Count => count; public void RemoveAt(int i) { } }
        """;

    [Theory]
    [InlineData("var names = new[] { ns, ns2 }; using var guard = locks.AcquireShared(names[0]); store.Backup(names[0]); {|NSL1003:store.Backup(names[1])|};")]
    [InlineData("var names = new[] { ns, ns2 }; using var guard = locks.AcquireShared(names[0]); names[0] = ns2; {|NSL1003:store.Backup(names[0])|};")]
    [InlineData("var names = new[] { ns, ns2 }; var first = names[0]; using var guard = locks.AcquireShared(first); names[0] = ns2; store.Backup(first);")]
    [InlineData("var names = new[] { ns, ns2 }; for (var i = 0; i < names.Length; i++) { using var guard = locks.AcquireShared(names[i]); store.Backup(names[i]); }")]
    [InlineData("var names = new[] { ns, ns2 }; for (var i = 0; i < names.Length; i++) { using var guard = locks.AcquireShared(names[i]); i++; {|NSL1003:store.Backup(names[i])|}; }")]
    [InlineData("var names = new List<BackupNamespace> { ns, ns2 }; for (var i = 0; i < names.Count; i++) { using var guard = locks.AcquireShared(names[i]); names.Add(ns); store.Backup(names[i]); }")]
    [InlineData("var names = new List<BackupNamespace> { ns, ns2 }; using var guard = locks.AcquireShared(names[0]); names.RemoveAt(0); {|NSL1003:store.Backup(names[0])|};")]
    [InlineData("var names = new List<BackupNamespace> { ns, ns2 }; using var guard = locks.AcquireShared(names[0]); if (flag) names.Clear(); {|NSL1003:store.Backup(names[0])|};")]
    [InlineData("var names = new Dictionary<string, BackupNamespace> { [\"a\"] = ns }; using var guard = locks.AcquireShared(names[\"a\"]); store.Backup(names[\"a\"]); {|NSL1003:store.Backup(names[\"b\"])|};")]
    [InlineData("var names = new Dictionary<string, BackupNamespace> { [\"a\"] = ns }; using var guard = locks.AcquireShared(names[\"a\"]); names[\"b\"] = ns2; {|NSL1003:store.Backup(names[\"a\"])|};")]
    [InlineData("var jobs = new Jobs(1); using var guard = locks.AcquireShared(jobs[0]); store.Backup(jobs[0]);")]
    [InlineData("var names = new[] { ns, ns2 }; using var guard = locks.AcquireExclusive(names[0]); store.Delete(names[0].Child(\"x\")); store.Backup(names[0].Parent);")]
    [InlineData("var names = new[] { ns, ns2 }; using var guard = locks.AcquireShared(names[0]); using var more = {|NSL3001:locks.AcquireExclusive(names[0])|};")]
    [InlineData("var names = new[] { ns, ns2 }; using var guard = locks.AcquireExclusive(names[0]); using var more = locks.AcquireExclusive(names[1]);")]
    public Task An_item(string body) => Cases.BodyAsync(Types, body);
}
