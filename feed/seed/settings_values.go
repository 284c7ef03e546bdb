package seed

import (
	"fmt"
	"io/fs"
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/net/idna"
	"golang.org/x/text/language"

	"seedfeed/feed"
	"seedfeed/feed/internal/xmlchar"
)

// maxEntries is the length of the longest feed: readers fetch all of it, again
// and again.
const maxEntries = 200

// settingKeys are the keys of a feed.yaml, each with what reads its value. A new
// setting is a line here and a field of [Settings].
var settingKeys = []struct {
	name string
	read func(*settingsParser, *ast.MappingValueNode) error
}{
	{"title", textTo(func(s *Settings) *string { return &s.Title })},
	{"description", textTo(func(s *Settings) *string { return &s.Description })},
	{"language", (*settingsParser).language},
	{"authority", (*settingsParser).authority},
	{"author", (*settingsParser).authors},
	{"authors", (*settingsParser).authors},
	{"copyright", textTo(func(s *Settings) *string { return &s.Copyright })},
	{"icon", pictureTo(func(s *Settings) *string { return &s.Icon })},
	{"image", pictureTo(func(s *Settings) *string { return &s.Image })},
	{"updates", (*settingsParser).updates},
	{"entries", (*settingsParser).entries},
	{"hub", urlTo(func(s *Settings) *string { return &s.Hub })},
}

// textTo reads a line of text into a field.
func textTo(field func(*Settings) *string) func(*settingsParser, *ast.MappingValueNode) error {
	return func(p *settingsParser, node *ast.MappingValueNode) (err error) {
		*field(&p.s), err = p.line(node.Value)
		return err
	}
}

// urlTo reads an absolute URL into a field.
func urlTo(field func(*Settings) *string) func(*settingsParser, *ast.MappingValueNode) error {
	return func(p *settingsParser, node *ast.MappingValueNode) (err error) {
		*field(&p.s), err = p.url(node.Value)
		return err
	}
}

// pictureTypes are how the names of pictures end. No document has such a name:
// what settings name is public.
var pictureTypes = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}

// pictureTo reads an absolute URL, or the path of a file relative to the folder
// of the feed.yaml, into a field.
func pictureTo(field func(*Settings) *string) func(*settingsParser, *ast.MappingValueNode) error {
	return func(p *settingsParser, node *ast.MappingValueNode) error {
		text, err := p.line(node.Value)
		switch {
		case err != nil || text == "":
			return err
		case strings.Contains(text, ":") || strings.HasPrefix(text, "/"):
			*field(&p.s), err = p.url(node.Value)
			return err
		}
		file := path.Join(path.Dir(p.path), text)
		if !fs.ValidPath(file) || strings.Contains(text, `\`) {
			return p.wrong(node.Value, fmt.Sprintf("%q is not below the folder of documents", text), `name a file beside this one, such as "icon.png"`)
		}
		if !slices.Contains(pictureTypes, strings.ToLower(path.Ext(file))) {
			return p.wrong(node.Value, fmt.Sprintf("%q is not the file of a picture", text), "name one that ends in "+strings.Join(pictureTypes, ", "))
		}
		*field(&p.s) = file
		return nil
	}
}

// line reads a value as one line of text, "" where it is left empty. A number, a
// date or a word like "yes" is text too: "title: 2026" names a feed.
func (p *settingsParser) line(node ast.Node) (string, error) {
	var text string
	switch n := node.(type) {
	case *ast.NullNode:
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode:
		text = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		text = n.GetToken().Value
	default:
		return "", p.wrong(node, "not a line of text", "put it in quotes if it begins with a sign")
	}
	text = strings.Join(strings.Fields(text), " ")
	if xmlchar.Clean(text) != text {
		return "", p.wrong(node, fmt.Sprintf("%q holds a character that no feed can carry", text), "remove it")
	}
	return text, nil
}

func (p *settingsParser) url(node ast.Node) (string, error) {
	text, err := p.line(node)
	if err != nil || text == "" {
		return "", err
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || strings.Contains(text, " ") {
		return "", p.wrong(node, fmt.Sprintf("%q is not an absolute URL", text), `write it whole, such as "https://example.org/icon.png"`)
	}
	return u.String(), nil
}

func (p *settingsParser) language(node *ast.MappingValueNode) error {
	text, err := p.line(node.Value)
	if err != nil || text == "" {
		return err
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return p.wrong(node.Value, fmt.Sprintf("%q is not a language", text), `write a BCP 47 tag, such as "en", "de-AT" or "zh-Hant"`)
	}
	p.s.Language = tag.String()
	return nil
}

func (p *settingsParser) authority(node *ast.MappingValueNode) error {
	if p.path != settingsFile {
		return p.wrong(node.Key, `"authority" belongs to the whole site`, fmt.Sprintf("move it to the %s at the top", settingsFile))
	}
	text, err := p.line(node.Value)
	if err != nil || text == "" {
		return err
	}
	name, err := idna.Lookup.ToASCII(text)
	if err != nil || !isDomain(name) {
		return p.wrong(node.Value, fmt.Sprintf("%q is not a domain name", text), `write a name of yours alone, such as "news.example.org"`)
	}
	p.s.Authority = name
	return nil
}

// isDomain reports whether a name in ASCII has the form of a domain name
// (RFC 1123, 2.1), and is not the number of a machine.
func isDomain(name string) bool {
	if len(name) > 253 {
		return false
	}
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	_, err := strconv.Atoi(labels[len(labels)-1])
	return err != nil
}

func (p *settingsParser) entries(node *ast.MappingValueNode) error {
	text, err := p.line(node.Value)
	if err != nil || text == "" {
		return err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxEntries {
		return p.wrong(node.Value, fmt.Sprintf("%q is not a number of entries", text), fmt.Sprintf("write a whole number from 1 to %d", maxEntries))
	}
	p.s.Entries = n
	return nil
}

func (p *settingsParser) updates(node *ast.MappingValueNode) error {
	text, err := p.line(node.Value)
	if err != nil || text == "" {
		return err
	}
	if !slices.Contains(feed.Periods(), text) {
		return p.wrong(node.Value, fmt.Sprintf("%q does not tell how often news comes", text), "write one of "+strings.Join(feed.Periods(), ", "))
	}
	p.s.Updates = text
	return nil
}

// authors reads one author or a list of them.
func (p *settingsParser) authors(node *ast.MappingValueNode) error {
	if p.s.Authors != nil {
		return p.wrong(node.Key, `both "author" and "authors"`, "keep one of them")
	}
	list := []ast.Node{node.Value}
	switch value := node.Value.(type) {
	case *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		list = value.Values
	}
	for _, item := range list {
		person, err := p.person(item)
		if err != nil {
			return err
		}
		if person.Name == "" {
			return p.wrong(item, "an author without a name", `write "Ada Moreno", "Ada Moreno <ada@example.org>" or the keys name, email, uri`)
		}
		p.s.Authors = append(p.s.Authors, person)
	}
	return nil
}

func (p *settingsParser) person(node ast.Node) (feed.Person, error) {
	if mapping, ok := node.(*ast.MappingNode); ok {
		return p.personOf(mapping)
	}
	text, err := p.line(node)
	if err != nil || !strings.ContainsAny(text, "<>") {
		return feed.Person{Name: text}, err
	}
	address, err := mail.ParseAddress(text)
	if err != nil {
		return feed.Person{}, p.wrong(node, fmt.Sprintf("%q is not a name with an address", text), `write it as "Ada Moreno <ada@example.org>"`)
	}
	return feed.Person{Name: address.Name, Email: address.Address}, nil
}

func (p *settingsParser) personOf(mapping *ast.MappingNode) (person feed.Person, err error) {
	for _, value := range mapping.Values {
		switch value.Key.GetToken().Value {
		case "name":
			person.Name, err = p.line(value.Value)
		case "email":
			person.Email, err = p.email(value.Value)
		case "uri":
			person.URI, err = p.url(value.Value)
		default:
			err = p.unknownKey(value, []string{"name", "email", "uri"})
		}
		if err != nil {
			return feed.Person{}, err
		}
	}
	return person, nil
}

func (p *settingsParser) email(node ast.Node) (string, error) {
	text, err := p.line(node)
	if err != nil || text == "" {
		return "", err
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Name != "" || address.Address != text {
		return "", p.wrong(node, fmt.Sprintf("%q is not an e-mail address", text), `write it bare, such as "ada@example.org"`)
	}
	return text, nil
}
