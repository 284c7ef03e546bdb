// Package ledger is the memory between runs.
//
// A [Ledger] is one SQLite file. It keeps a [Record] for each document that was
// ever published or is held: its id, its address, its dates, its digests and
// its status, but never its contents. Beside them lie what happened to each entry
// since it was first seen, the lists that an entry is in (its tags, authors and
// language), the snapshots of the entries that stand in feeds, the [Version]s of
// stories, the files that were written into out/, the subscriptions of those who
// are told of changes, and a few values by name.
//
// What it promises:
//
//   - An id and an address belong to one record for ever, also after its
//     document is gone. No two documents that are there share a path.
//   - [Ledger.Update] does all that its function does, or nothing. When it has
//     returned, the change is on the disk: neither kill -9 nor a power cut takes
//     it back (WAL with synchronous=FULL, as far as the disk honours a sync).
//   - Readers do not wait for a writer, and no statement sees half of an update.
//   - [Ledger.Lock] lets one run at a time go on, over all processes.
//   - The cost of a question follows its answer, not the number of records:
//     counts and last changes of sections, lists and months are kept up to date
//     with each record.
//   - Nothing of an entry that was never public shows in sections, lists, months
//     or neighbours.
//
// What it never does: it reads no clock, opens no document, and deletes no
// record that has been public.
//
// Times are kept to the millisecond, in UTC. The SQL is written so that
// PostgreSQL runs it unchanged, in a database whose collation is C: texts are
// compared by their bytes, as Go compares strings.
package ledger
