// Package seed reads the folder of documents.
//
// A [Folder] says what is there ([Folder.Walk]), reads a document
// ([Folder.Read]) and the settings that stand beside the documents
// ([Folder.Settings]); [Watch] tells when to look again.
//
// Not all that lies in the folder is a document. Set aside without a word are
// names that begin with a dot or an underscore, feed.yaml, and what editors,
// browsers and operating systems leave behind (story.txt~, story.txt.part,
// Thumbs.db). All else that is not taken is told with the reason, as a [Skip],
// or counted by its kind, in [Dir.Unread].
//
// The package promises that one bad file stops nothing, that a file which is
// still being written waits for the next run, that memory grows with the
// largest single folder and not with the number of documents, and that the
// order is the same in every run. It never writes, never opens what is not a
// regular file, and never follows a symbolic link out of the folder, provided
// that the [fs.FS] it is given does not: that of an [os.Root] does not.
package seed
