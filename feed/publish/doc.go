// Package publish makes a run: one pass from the folder of documents to the
// feeds and pages in out/.
//
// What stands in out/ is a function of the documents, the ledger, the site's
// settings and the instant of the run. The order of the steps makes a run safe
// to kill at any instant: the ledger is saved before files are written, pages
// are written before the feeds that name them, and what is to go is removed
// last. What a killed run left undone, the next one does. It is as safe when the
// machine loses its power: pages are on the disk before a feed names them or the
// ledger is told that they are there, and each feed before it takes the place of
// the old one. A run over an unchanged folder writes nothing.
//
// A document that can not be read is reported and stops nothing else; what was
// published of it before stays. What is held never reaches out/. Files in out/
// that the program did not write are left alone.
package publish
