package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/date"
	"seedfeed/feed/extract/text"
)

// dropAside takes out of an article what sites put between its paragraphs: the
// line with the day and the author, which the entry shows itself, and the links
// to other articles.
func (s *source) dropAside(content *html.Node) {
	blocks := textBlocks(content)
	label := false // the block before announces links
	for i, n := range blocks {
		words := text.OneLine(spacedText(n))
		switch {
		case i < maxHeadLines && (s.isCredit(words) || isMenu(n, words)):
			dropBlock(n)
		case isPointer(n, words):
			label = linkText(n) == ""
			dropBlock(n)
		case label && isLinked(n, words):
			dropBlock(n)
		default:
			label = false
		}
	}
	dropTail(blocks)
}

// isMenu reports whether a block is a row of links.
func isMenu(n *html.Node, words string) bool {
	links := 0
	for below := range elements(n) {
		if below.DataAtom == atom.A {
			links++
		}
	}
	return links > 1 && isLinked(n, words)
}

// dropTail drops the links to other articles that end a text without a word
// about them. One link may be what the text leads to, and so may be those below
// a heading or a colon.
func dropTail(blocks []*html.Node) {
	blocks = slices.DeleteFunc(blocks, func(n *html.Node) bool { return n.Parent == nil })
	start := len(blocks)
	for start > 0 && isLinked(blocks[start-1], text.OneLine(spacedText(blocks[start-1]))) {
		start--
	}
	if len(blocks)-start < 2 || start == 0 {
		return
	}
	before := blocks[start-1]
	if isHeadingElement(before.DataAtom) || strings.HasSuffix(text.OneLine(textOf(before)), ":") {
		return
	}
	for _, n := range blocks[start:] {
		dropBlock(n)
	}
}

// isLinked reports whether a block is a link and hardly anything else, and does
// not show the address itself.
func isLinked(n *html.Node, words string) bool {
	linked := linkText(n)
	return linked != "" && !strings.Contains(linked, "://") && 10*utf8.RuneCountInString(linked) >= 9*utf8.RuneCountInString(words)
}

// maxHeadLines is how many blocks at the head of an article may be lines about
// it.
const maxHeadLines = 5

// textBlocks returns the blocks that hold text and no other block, and times that
// stand outside of any.
func textBlocks(root *html.Node) []*html.Node {
	return slices.Collect(func(yield func(*html.Node) bool) {
		for n := range elements(root) {
			isText := isBlockElement(n.DataAtom) && !hasBlock(n)
			isTime := n.DataAtom == atom.Time && !holdsText(n.Parent.DataAtom)
			if (isText || isTime) && !isBlank(n) && !inside(n, atom.Table) && !inside(n, atom.Pre) {
				if !yield(n) {
					return
				}
			}
		}
	})
}

// isCredit reports whether a line says no more than when and by whom the article
// was written: "By Jane Doe - 11/18/19 11:04 PM", "Updated Nov 19; posted Nov 18".
// A dateline has a place, and is none.
func (s *source) isCredit(words string) bool {
	if utf8.RuneCountInString(words) > 120 {
		return false
	}
	rest, found := words, false
	for _, at := range slices.Backward(date.Find(words)) {
		rest, found = rest[:at.Start]+" "+rest[at.End:], true
	}
	rest = " " + foldWords(rest) + " "
	for _, v := range s.stated {
		if v.ask == askAuthor && strings.Contains(rest, " "+foldWords(v.value)+" ") {
			rest, found = strings.ReplaceAll(rest, " "+foldWords(v.value)+" ", " "), true
		}
	}
	for word := range strings.FieldsSeq(rest) {
		if !isCreditWord(word) {
			return false
		}
	}
	return found
}

// isCreditWord reports whether a word, in lower case, stands between the parts
// of such a line.
func isCreditWord(word string) bool {
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(r) {
		return true
	}
	switch word {
	case "by", "and", "updated", "update", "posted", "published", "last", "first", "created", "on", "at", "am", "pm", "a", "p", "m", "et", "est", "edt", "ist", "bst", "cet", "gmt", "utc",
		"min", "mins", "minute", "minutes", "read", "the", "date", "time", "written",
		"von", "und", "um", "uhr", "vom", "stand", "veröffentlicht", "aktualisiert", "erstellt", "zuletzt", "geändert", "autor",
		"par", "le", "à", "publié", "mis", "jour", "modifié", "por", "el", "las", "publicado", "actualizado", "pubblicato", "il", "alle", "ore",
		"door", "op", "om", "gepubliceerd", "опубликовано", "обновлено", "в",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

// pointers are the words that open a link to another article, or stand above an
// advertisement.
var pointers = []string{
	"related", "related articles", "related posts", "related stories", "related news", "related content", "related topics", "read more", "read also", "also read", "see also", "recommended", "more on this", "you may also like", "you might also like",
	"lesen sie auch", "lies auch", "mehr zum thema", "das könnte dich", "das könnte sie", "auch interessant", "weiterlesen",
	"vea también", "lea también", "lee también", "mira también", "te puede interesar", "lire aussi", "à lire aussi", "à lire également", "voir aussi",
	"leggi anche", "lees ook", "leia também", "leia mais", "veja também", "czytaj też", "czytaj także", "zobacz też", "zobacz także", "читайте также",
	"läs också", "läs mer", "les også", "læs også", "lue myös", "相关阅读", "あわせて読みたい", "関連記事",
	"advertisement", "anzeige", "werbung", "reklama", "publicidad", "publicité", "pubblicità", "advertentie", "реклама", "this entry was posted", "filed under",
}

// isPointer reports whether a block only leads to another article: it opens with
// such words, or it is a link in capitals.
func isPointer(n *html.Node, words string) bool {
	length := utf8.RuneCountInString(words)
	if length > 200 {
		return false
	}
	lower := strings.ToLower(strings.TrimLeft(words, " ([>»*•-–—"))
	for _, w := range pointers {
		after, ok := strings.CutPrefix(lower, w)
		if !ok {
			continue
		}
		after = strings.TrimRight(after, " )]…")
		r, _ := utf8.DecodeRuneInString(after)
		switch {
		case after == "":
			return true
		case strings.ContainsRune(":!.|-–—»>", r) && (linkText(n) != "" || length < 40):
			return true
		case r == ' ' && strings.Contains(w, " ") && (isLinked(n, words) || isHeadingElement(n.DataAtom) && length < 50):
			return true
		}
	}
	return length >= 20 && isLinked(n, words) && isShouted(words)
}

// isShouted reports whether a text is in capitals, but for a letter here and
// there.
func isShouted(words string) bool {
	letters, capitals := 0, 0
	for _, r := range words {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return letters > 0 && 10*capitals >= 9*letters
}

func isHeadingElement(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// linkText returns the text of the links in a block.
func linkText(n *html.Node) string {
	var b strings.Builder
	for a := range elements(n) {
		if a.DataAtom == atom.A {
			b.WriteString(textOf(a))
		}
	}
	return text.OneLine(b.String())
}

// dropBlock removes a block, unless a picture stands in it.
func dropBlock(n *html.Node) {
	if first(n, isSeen) == nil {
		remove(n)
	}
}
