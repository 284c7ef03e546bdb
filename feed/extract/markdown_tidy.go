package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tidyMarkdown makes what the dialects of Markdown leave behind into something
// that readers show.
func tidyMarkdown(root *html.Node) {
	for _, n := range slices.Collect(elements(root)) {
		if n.Parent == nil {
			continue // went with an element around it
		}
		switch n.DataAtom {
		case atom.A:
			if attr(n, "role") == "doc-backlink" {
				remove(n) // "↩" leads nowhere where "#" is another page
			}
		case atom.P:
			tidyShortcode(n)
		case atom.Blockquote:
			tidyAlert(n)
		}
	}
}

// elements yields the elements below a node in reading order.
func elements(root *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

// tidyShortcode replaces a paragraph that is a tag of a site generator
// ("{{< youtube 1 >}}", "{% include x %}"): nobody else can fill it in.
func tidyShortcode(p *html.Node) {
	words := strings.TrimSpace(textOf(p))
	if isDirective(words) {
		remove(p)
		return
	}
	name, args, ok := shortcode(words)
	if !ok {
		return
	}
	switch address := embedAddress(name, args); {
	case name == "figure" && argument(args, "src") != "":
		img := &html.Node{Type: html.ElementNode, Data: "img", DataAtom: atom.Img}
		setAttr(img, "src", argument(args, "src"))
		setAttr(img, "alt", argument(args, "alt"))
		p.Parent.InsertBefore(img, p)
	case address != "":
		_, words, _ := strings.Cut(address, "://")
		p.Parent.InsertBefore(newLink(address, words), p)
	}
	remove(p)
}

// isDirective reports whether a paragraph is an order to a program and no text:
// for a table of contents ([TOC], [[_TOC_]]), or for attributes (kramdown).
func isDirective(words string) bool {
	switch strings.ToLower(words) {
	case "[toc]", "toc", "_toc_":
		return true
	}
	return strings.HasPrefix(words, "{:") && strings.HasSuffix(words, "}") && !strings.Contains(words, "\n")
}

// shortcode takes the tag of Hugo or Jekyll apart that a paragraph consists of.
func shortcode(words string) (name string, args []string, ok bool) {
	for _, marks := range [...][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}} {
		inner, opens := strings.CutPrefix(words, marks[0])
		inner, closes := strings.CutSuffix(inner, marks[1])
		if !opens || !closes || strings.Contains(inner, marks[1]) {
			continue
		}
		if args = splitArguments(inner); len(args) == 0 {
			return "", nil, true
		}
		return args[0], args[1:], true
	}
	return "", nil, false
}

// splitArguments splits the inside of a tag at spaces outside quotes.
func splitArguments(s string) []string {
	quoted := false
	parts := strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' || r == '“' || r == '”' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\n' || r == '\t')
	})
	return parts
}

// argument returns a named argument of a tag.
func argument(args []string, name string) string {
	for _, arg := range args {
		if value, ok := strings.CutPrefix(arg, name+"="); ok {
			return strings.Trim(value, `"“”`)
		}
	}
	return ""
}

// embedAddress returns the page that shows what the built-in tags of Hugo embed,
// or "".
func embedAddress(name string, args []string) string {
	id := argument(args, "id")
	if id == "" && len(args) > 0 && !strings.Contains(args[0], "=") {
		id = strings.Trim(args[0], `"“”`)
	}
	if id == "" || strings.ContainsAny(id, "/ :?#") {
		return ""
	}
	switch name {
	case "youtube":
		return "https://www.youtube.com/watch?v=" + id
	case "vimeo":
		return "https://vimeo.com/" + id
	case "tweet", "twitter", "x":
		return "https://x.com/i/status/" + id
	case "instagram":
		return "https://www.instagram.com/p/" + id
	}
	return ""
}

// tidyAlert gives a quote that GitHub shows as an alert ("[!NOTE]") its name in
// bold letters.
func tidyAlert(quote *html.Node) {
	p := first(quote, isElement(atom.P))
	if p == nil || p.FirstChild == nil || p.FirstChild.Type != html.TextNode {
		return
	}
	label, rest, ok := strings.Cut(p.FirstChild.Data, "]")
	name, isAlert := strings.CutPrefix(label, "[!")
	if !ok || !isAlert || name == "" || len(name) > 12 || strings.ContainsAny(name, " \n") {
		return
	}
	strong := &html.Node{Type: html.ElementNode, Data: "strong", DataAtom: atom.Strong}
	strong.AppendChild(&html.Node{Type: html.TextNode, Data: name[:1] + strings.ToLower(name[1:]) + ":"})
	p.FirstChild.Data = " " + strings.TrimSpace(rest)
	p.InsertBefore(strong, p.FirstChild)
}
