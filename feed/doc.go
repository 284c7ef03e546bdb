// Package feed holds the words that the rest of the program speaks.
//
// A [Document] is a file that somebody wrote, an [Entry] is what a subscriber
// sees of it, and a [Feed] is a titled, ordered list of entries. The names are
// those of the Atom format (RFC 4287); where another format calls the same
// thing by another name, only that format's renderer knows.
//
// The package does no I/O and reads no clock: equal input gives equal output.
package feed
