package seed

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A settingsParser reads one feed.yaml. It walks the syntax tree itself, where a
// decoder would take any value it can bend into a field's type, and would speak
// of fields and types to people who know of keys and text.
type settingsParser struct {
	path string
	text string
	s    Settings
}

// parseSettings reads the text of a feed.yaml at a path.
func parseSettings(path string, data []byte) (Settings, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	p := settingsParser{path: path, text: string(data)}
	if err := p.encoding(); err != nil {
		return Settings{}, err
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return Settings{}, p.syntax(err)
	}
	mapping, err := p.document(file)
	if err != nil || mapping == nil {
		return Settings{}, err
	}
	for _, value := range mapping.Values {
		if err := p.setting(value); err != nil {
			return Settings{}, err
		}
	}
	return p.s, nil
}

// encoding refuses what is not UTF-8, or holds what no text holds.
func (p *settingsParser) encoding() error {
	line := 1
	for i, c := range p.text {
		_, size := utf8.DecodeRuneInString(p.text[i:])
		if c == utf8.RuneError && size == 1 || c == 0 {
			column := utf8.RuneCountInString(p.text[strings.LastIndexByte(p.text[:i], '\n')+1:i]) + 1
			return p.errorAt(line, column, "not UTF-8 text", "save the file as UTF-8")
		}
		if c == '\n' {
			line++
		}
	}
	return nil
}

// document returns the mapping that a file consists of, nil where it is empty.
func (p *settingsParser) document(file *ast.File) (*ast.MappingNode, error) {
	var found *ast.MappingNode
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.NullNode, *ast.DirectiveNode:
		case *ast.MappingNode:
			if found != nil {
				return nil, p.wrong(body, "a second document", `remove the line "---" before it`)
			}
			found = body
		default:
			return nil, p.wrong(body, "not a list of settings", `write each as a key, a colon and a value, such as "title: The Harbour Post"`)
		}
	}
	return found, nil
}

// setting reads one key and its value.
func (p *settingsParser) setting(node *ast.MappingValueNode) error {
	name := node.Key.GetToken().Value
	for _, k := range settingKeys {
		if k.name == name {
			return k.read(p, node)
		}
	}
	var names []string
	for _, k := range settingKeys {
		names = append(names, k.name)
	}
	return p.unknownKey(node, names)
}

func (p *settingsParser) unknownKey(node *ast.MappingValueNode, names []string) error {
	name := node.Key.GetToken().Value
	hint := fmt.Sprintf("the keys are %s", strings.Join(names, ", "))
	if meant := nearest(name, names); meant != "" {
		hint = fmt.Sprintf("did you mean %q?", meant)
	}
	return p.wrong(node.Key, fmt.Sprintf("unknown key %q", name), hint)
}

// wrong returns an error at a node.
func (p *settingsParser) wrong(node ast.Node, problem, hint string) error {
	return p.errorAtToken(node.GetToken(), problem, hint)
}

func (p *settingsParser) errorAtToken(tk *token.Token, problem, hint string) error {
	if tk == nil || tk.Position == nil {
		return p.errorAt(1, 1, problem, hint)
	}
	return p.errorAt(tk.Position.Line, tk.Position.Column, problem, hint)
}

func (p *settingsParser) errorAt(line, column int, problem, hint string) error {
	line, column = max(line, 1), max(column, 1)
	return &SettingsError{
		Path: p.path, Line: line, Column: column,
		Problem: problem, Hint: hint, Excerpt: excerpt(p.text, line, column),
	}
}

// syntaxHints are for the mistakes in YAML that people make who do not write it
// every day, by words of the parser's message.
var syntaxHints = []struct{ words, hint string }{
	{"mapping value is not allowed", `put a value that holds a colon in quotes: title: "Harbour: the news"`},
	{"reserved character", "put the value in quotes"},
	{"value is not allowed in this context", "put the whole value in quotes"},
	{"tab character", "indent with spaces"},
	{"found character '\t'", "indent with spaces"},
	{"could not find end character", "close the quotes"},
}

// syntax says of a file that is not YAML what the parser found.
func (p *settingsParser) syntax(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) {
		return p.errorAt(1, 1, err.Error(), "")
	}
	hint := ""
	for _, h := range syntaxHints {
		if strings.Contains(at.GetMessage(), h.words) {
			hint = h.hint
			break
		}
	}
	return p.errorAtToken(at.GetToken(), at.GetMessage(), hint)
}
