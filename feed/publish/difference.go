package publish

import (
	"slices"
	"strings"
	"unicode"

	"github.com/aymanbagabas/go-udiff/lcs"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed"
)

// The size of what is kept and shown of a change.
const (
	mostPassages = 12
	mostShown    = 6000 // bytes of text
	aroundChange = 10   // words that are shown on either side of a change
)

// A change is how an entry has changed for its readers.
type change struct {
	Title    string    `json:"title,omitempty"`  // before, if it was another
	Reason   string    `json:"reason,omitempty"` // that the document states
	Passages []passage `json:"passages,omitempty"`
	More     bool      `json:"more,omitempty"`    // than these passages have changed
	Unknown  bool      `json:"unknown,omitempty"` // the old text is not kept any more
}

// A passage is a paragraph that has changed. One that is new has no Before, and
// one that is not there any more no After.
type passage struct {
	Before []span `json:"before,omitempty"`
	After  []span `json:"after,omitempty"`
}

// A span is a run of words.
type span struct {
	Text    string `json:"text"`
	Changed bool   `json:"changed,omitempty"`
}

// compareEntries tells how the text of an entry has changed. What it says that it
// corrects is the reason for that, and no change of its own.
func compareEntries(old, entry *feed.Entry) (c change) {
	before, after := story(old), story(entry)
	shown := 0
	for _, d := range lcs.DiffLines(before, after) {
		gone, come := before[d.Start:d.End], after[d.ReplStart:d.ReplEnd]
		for i := range max(len(gone), len(come)) {
			p := comparePassage(at(gone, i), at(come, i))
			if shown += p.size(); shown > mostShown || len(c.Passages) == mostPassages {
				c.More = true
				return c
			}
			c.Passages = append(c.Passages, p)
		}
	}
	return c
}

// story returns the paragraphs of an entry without its corrections.
func story(entry *feed.Entry) []string {
	return slices.DeleteFunc(paragraphs(entry.Content), func(paragraph string) bool {
		_, text, ok := strings.Cut(paragraph, ": ")
		return ok && slices.Contains(entry.Corrections, text)
	})
}

// at returns an element of a list, or "" beyond its end.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// comparePassage marks the words that differ between two paragraphs. Where most
// do, the paragraphs are shown as a whole: to mark words would say nothing.
func comparePassage(old, text string) passage {
	before, after := words(old), words(text)
	var p passage
	kept, from, to := 0, 0, 0
	for _, d := range lcs.DiffLines(before, after) {
		same := before[from:d.Start]
		kept += len(same)
		p.Before = append(p.Before, span{Text: strings.Join(same, "")}, span{strings.Join(before[d.Start:d.End], ""), true})
		p.After = append(p.After, span{Text: strings.Join(after[to:d.ReplStart], "")}, span{strings.Join(after[d.ReplStart:d.ReplEnd], ""), true})
		from, to = d.End, d.ReplEnd
	}
	kept += len(before) - from
	if 3*kept < max(len(before), len(after)) {
		return passage{Before: whole(old), After: whole(text)}
	}
	p.Before = append(p.Before, span{Text: strings.Join(before[from:], "")})
	p.After = append(p.After, span{Text: strings.Join(after[to:], "")})
	return passage{Before: shorten(p.Before), After: shorten(p.After)}
}

// whole is a paragraph that is new, or gone, as such.
func whole(text string) []span {
	if text == "" {
		return nil
	}
	return []span{{clip(text), true}}
}

// clip cuts a paragraph that is much too long.
func clip(text string) string {
	const most = 200
	if list := words(text); len(list) > most {
		return strings.TrimSpace(strings.Join(list[:most], "")) + " …"
	}
	return text
}

// shorten leaves out what lies far from all changes, and empty spans.
func shorten(spans []span) []span {
	var out []span
	for i, s := range spans {
		if s.Text == "" {
			continue
		}
		if list := words(s.Text); s.Changed {
			s.Text = clip(s.Text)
		} else if len(list) > 2*aroundChange+5 {
			head, tail := "", ""
			if i > 0 {
				head = strings.Join(list[:aroundChange], "")
			}
			if i < len(spans)-1 {
				tail = strings.Join(list[len(list)-aroundChange:], "")
			}
			s.Text = head + "… " + tail
		}
		out = append(out, s)
	}
	return out
}

func (p passage) size() (n int) {
	for _, s := range p.Before {
		n += len(s.Text)
	}
	for _, s := range p.After {
		n += len(s.Text)
	}
	return n
}

// words cuts a text into words with the space after each. Scripts that put no
// space between words are cut at each character.
func words(text string) []string {
	var list []string
	start := 0
	cut := func(end int) {
		if end > start {
			list = append(list, text[start:end])
			start = end
		}
	}
	spaced := false
	for i, c := range text {
		if dense := unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai); dense || spaced {
			cut(i)
		}
		spaced = c == ' ' || unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana)
	}
	cut(len(text))
	return list
}

// paragraphs returns the text of content, a string for each block of it, with
// one space between words.
func paragraphs(content string) []string {
	var list []string
	var b strings.Builder
	end := func() {
		if text := strings.Join(strings.Fields(b.String()), " "); text != "" {
			list = append(list, text)
		}
		b.Reset()
	}
	for z := html.NewTokenizer(strings.NewReader(content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			end()
			return list
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			switch name, _ := z.TagName(); {
			case atom.Lookup(name) == atom.Br:
				b.WriteByte(' ')
			case !inline[atom.Lookup(name)]:
				end()
			}
		}
	}
}

// inline are the elements that stand within a paragraph.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.I: true, atom.Img: true, atom.Ins: true, atom.Kbd: true,
	atom.Mark: true, atom.Q: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}
