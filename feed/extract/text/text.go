// Package text turns the bytes of a document into clean text and cuts text into
// paragraphs, sentences and short lines.
//
// It promises valid UTF-8 with LF as the only line end, and time linear in the
// size of what it is given. It knows nothing about news: what a paragraph says
// is for others to read.
package text
