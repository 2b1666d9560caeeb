namespace NamespaceLocking.Analyzers;
internal sealed class KnownSymbols { }
