// Package engine turns chunks of log records into findings.
//
// Two planes meet in one value. The data plane, a Scanner, reads chunks where
// they lie and adds what it finds to Counts: many scans at once, no allocation,
// nothing kept of the chunk. The control plane, an Aggregator, owns windows and
// groups, and says when one is worth telling.
//
//	chunk ─ Scanner.Scan ─► Counts ─ Aggregator.Add, Advance ─► findings
//
// The package asks nobody the time, starts no goroutine and does no I/O. Every
// table has a bound; what exceeds it is counted (Stats, AggregatorStats).
package engine
