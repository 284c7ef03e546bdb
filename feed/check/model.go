package check

import (
	"slices"
	"strings"
)

// A model says which elements an element has, by the names that [node] gives
// them: "name" exactly once, "name?" at most once, "name*" any number. Elements
// of name spaces that are not in the model are extensions, and pass.
type model string

// conform checks the children of an element against a model. core is the prefix
// of the names that the format itself defines: no others of them may be there.
func (p place) conform(n *node, core string, m model) {
	var names []string
	for field := range strings.FieldsSeq(string(m)) {
		name := strings.TrimRight(field, "?*")
		names = append(names, name)
		all := n.all(name)
		switch {
		case field == name && len(all) == 0:
			p.add(n.line, missingElement, "%s has no %s", n.name, name)
		case len(all) > 1 && !strings.HasSuffix(field, "*"):
			p.add(all[1].line, repeatedElement, "%s has more than one %s", n.name, name)
		}
	}
	for _, c := range n.children {
		prefix, _, extension := strings.Cut(c.name, ":")
		ours := extension && prefix+":" == core || !extension && core == ""
		if ours && !slices.Contains(names, c.name) {
			p.add(c.line, unknownElement, "%s has an element %s, which the format does not know there", n.name, c.name)
		}
	}
}

// blank checks that elements have a text.
func (p place) blank(n *node, names ...string) {
	for _, c := range n.children {
		if slices.Contains(names, c.name) {
			p.check(strings.TrimSpace(c.text) != "", c.line, missingElement, "%s is empty", c.name)
		}
	}
}

// last checks that an element's children of a name come after all others.
func (p place) last(n *node, name string) {
	seen := false
	for _, c := range n.children {
		if c.name == name {
			seen = true
		} else if seen {
			p.add(c.line, misplaced, "%s stands after the first %s", c.name, name)
			return
		}
	}
}

// before checks that the first child of one name comes before that of another.
func (p place) before(n *node, first, second, why string) {
	index := func(name string) int {
		return slices.IndexFunc(n.children, func(c *node) bool { return c.name == name })
	}
	if a, b := index(first), index(second); a >= 0 && b >= 0 && a > b {
		p.add(n.children[a].line, misplaced, "%s stands after %s: %s", first, second, why)
	}
}
