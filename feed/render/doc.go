// Package render turns feeds and entries into bytes: RSS 2.0, Atom 1.0 and
// JSON Feed 1.1, the archive of a feed, an OPML list of feeds, and the pages of a
// site with what crawlers ask for, sitemaps and robots.txt.
//
// Each output format is a file of this package and a line in the table of
// [Formats]. The feeds are made by gorilla/feeds, whose documents are embedded
// in own ones where they cannot say what a feed has to. Pages are made by a
// [Theme], in the languages that the package has words for.
//
// Whatever the strings of an entry hold, a feed is well-formed and valid, and
// none of its plain text is taken for markup. Equal input gives equal bytes:
// the package reads no clock and does no I/O but to the writer it is given.
// It never changes an id, an address or a date of publication; where entries
// of a feed were updated at one instant, Atom has them some seconds apart, and
// those of a day without a time in the minutes after its noon.
package render
