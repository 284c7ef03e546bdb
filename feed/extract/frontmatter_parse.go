package extract

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"seedfeed/feed/extract/text"
)

// A matterField is a key of front matter with its value. Of a scalar only the text is
// kept, as it is written: what is a date is for the date grammar to say.
type matterField struct {
	key string
	matterValue
}

// A matterValue is a scalar, a list or a mapping, or a note on the block.
type matterValue struct {
	note   string
	text   string
	items  []matterValue
	fields []matterField
}

// matterNote returns a note on the block.
func matterNote(format string, args ...any) matterField {
	return matterField{matterValue: matterValue{note: "front matter: " + text.OneLine(fmt.Sprintf(format, args...))}}
}

// maxDepth bounds how deep values are looked into, and with it what an alias
// that names itself costs.
const maxDepth = 4

// maxItems bounds how many items of a list count.
const maxItems = 200

// parseYAML reads a block of YAML. A title with a colon in it is the mistake
// that everybody makes: lines of that kind are read as they are meant.
func parseYAML(m matter) ([]matterField, error) {
	fields, err := readYAML(m)
	if err == nil {
		return fields, nil
	}
	mended, keys := mendYAML(m.text)
	if len(keys) == 0 {
		return nil, err
	}
	fields, again := readYAML(matter{text: mended, line: m.line, name: m.name})
	if again != nil {
		return nil, err
	}
	for _, key := range keys {
		fields = append(fields, matterNote("the value of %q is not valid YAML as it stands, and was read as plain text; put it in quotes", key))
	}
	return fields, nil
}

func readYAML(m matter) ([]matterField, error) {
	file, err := parser.ParseBytes([]byte(m.text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var at yaml.Error
		if !errors.As(err, &at) || at.GetToken() == nil {
			return nil, m.fail(1, 1, err.Error())
		}
		position := at.GetToken().Position
		return nil, m.fail(position.Line, position.Column, sayYAML(at.GetMessage()))
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, nil
	}
	y := yamlReader{anchors: map[string]ast.Node{}}
	top := y.value(file.Docs[0].Body, 0)
	if top.fields == nil {
		return nil, m.fail(1, 1, "it is a single value and not a list of keys")
	}
	return top.fields, nil
}

// sayYAML puts what the parser says about the commonest mistakes into words
// that need no knowledge of YAML.
func sayYAML(message string) string {
	switch {
	case strings.Contains(message, "'\t'"):
		return "a tab begins the line; indent with spaces"
	case strings.Contains(message, "quoted text"):
		return "a quote is never closed"
	case strings.Contains(message, "',' or ']' must be specified"), strings.Contains(message, "sequence end token"):
		return "the list above, which begins with [, is never closed"
	}
	return message
}

// A yamlReader turns nodes into values; it knows the anchors met so far.
type yamlReader struct{ anchors map[string]ast.Node }

func (y yamlReader) value(n ast.Node, depth int) matterValue {
	if depth > maxDepth {
		return matterValue{}
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return y.mapping(n.Values, depth)
	case *ast.MappingValueNode:
		return y.mapping([]*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		var v matterValue
		for _, item := range n.Values[:min(len(n.Values), maxItems)] {
			v.items = append(v.items, y.value(item, depth+1))
		}
		return v
	case *ast.AnchorNode:
		if name := n.Name.GetToken(); name != nil {
			y.anchors[name.Value] = n.Value
		}
		return y.value(n.Value, depth)
	case *ast.AliasNode:
		if name := n.Value.GetToken(); name != nil && y.anchors[name.Value] != nil {
			return y.value(y.anchors[name.Value], depth+1)
		}
		return matterValue{}
	case *ast.TagNode:
		return y.value(n.Value, depth)
	case *ast.StringNode:
		return matterValue{text: n.Value}
	case *ast.LiteralNode:
		return matterValue{text: n.Value.Value}
	case nil, *ast.NullNode:
		return matterValue{}
	}
	return matterValue{text: n.GetToken().Value} // a number, a truth value: as written
}

func (y yamlReader) mapping(pairs []*ast.MappingValueNode, depth int) matterValue {
	v := matterValue{fields: []matterField{}}
	for _, pair := range pairs[:min(len(pairs), maxItems)] {
		key := ""
		if token := pair.Key.GetToken(); token != nil {
			key = token.Value
		}
		v.fields = append(v.fields, matterField{key, y.value(pair.Value, depth+1)})
	}
	return v
}

// mendYAML quotes the values of top-level keys that YAML can not read as the
// text they are: `title: Go: the good parts`, `title: "Peace" is signed`,
// `title: @home`, `title: [Update] New dates`.
func mendYAML(block string) (mended string, keys []string) {
	var b strings.Builder
	for line := range strings.Lines(block) {
		key, _, _ := strings.Cut(line, ":")
		words := strings.TrimSpace(strings.TrimPrefix(line, key+":"))
		if _, ok := keyOf(line); !ok || words == "" || line[0] == ' ' || line[0] == '\t' || !needsQuotes(words) {
			b.WriteString(line)
			continue
		}
		if quote := words[0]; (quote == '"' || quote == '\'') && len(words) > 1 && words[len(words)-1] == quote {
			words = words[1 : len(words)-1]
		}
		keys = append(keys, key)
		b.WriteString(key + ": '" + strings.ReplaceAll(words, "'", "''") + "'\n")
	}
	return b.String(), keys
}

// needsQuotes reports whether the text of one line is no plain scalar, and no
// whole value of another kind.
func needsQuotes(words string) bool {
	last := words[len(words)-1]
	switch words[0] {
	case '@', '`', '%', '*', '&', '!':
		return true
	case '"', '\'':
		inner := strings.ReplaceAll(words[1:], `\`+words[:1], "")
		end := strings.IndexByte(inner, words[0])
		return end >= 0 && strings.TrimSpace(inner[end+1:]) != ""
	case '[':
		return strings.Contains(words, "]") && last != ']'
	case '{':
		return strings.Contains(words, "}") && last != '}'
	case '|', '>':
		return false
	}
	return strings.Contains(words, ": ") || last == ':'
}

func parseTOML(m matter) ([]matterField, error) {
	var table map[string]any
	if _, err := toml.Decode(m.text, &table); err != nil {
		var at toml.ParseError
		if !errors.As(err, &at) {
			return nil, m.fail(1, 1, err.Error())
		}
		return nil, m.failAt(at.Position.Start, at.Message)
	}
	return fieldsOf(table, 0), nil
}

func parseJSON(m matter) ([]matterField, error) {
	decoder := json.NewDecoder(strings.NewReader(m.text))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		return nil, m.jsonError(err)
	}
	return fieldsOf(object, 0), nil
}

// cutJSON takes an object off the head of a text. It returns no fields when the
// text is not front matter: a brace begins other things too.
func cutJSON(text string, line int) (fields []matterField, rest string, err error) {
	if inner := strings.TrimLeft(text[1:], " \t\r\n"); inner == "" || inner[0] != '"' {
		return nil, "", nil
	}
	decoder := json.NewDecoder(strings.NewReader(text[:min(len(text), maxFrontMatter)]))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		m := matter{text: jsonHead(text), line: line, name: "JSON"}
		if !hasKnownKey(m.text) {
			return nil, "", nil
		}
		return nil, "", m.jsonError(err)
	}
	rest = text[decoder.InputOffset():]
	after, _, _ := strings.Cut(rest, "\n")
	known := slices.ContainsFunc(slices.Collect(maps.Keys(object)), isKnown)
	if strings.TrimSpace(after) != "" || !known {
		return nil, "", nil
	}
	return fieldsOf(object, 0), rest, nil
}

// jsonHead returns the lines of a broken object, as far as can be told.
func jsonHead(text string) string {
	text = text[:min(len(text), maxFrontMatter)]
	if end := strings.Index(text, "\n}"); end >= 0 {
		return text[:end+2]
	}
	if end := strings.Index(text, "\n\n"); end >= 0 {
		return text[:end]
	}
	return text
}

func (m matter) jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return m.failAt(int(syntax.Offset)-1, syntax.Error())
	case errors.As(err, &kind):
		return m.failAt(int(kind.Offset)-1, "it is not an object")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return m.failAt(len(strings.TrimRight(m.text, " \t\r\n")), "it is never closed")
	}
	return m.fail(1, 1, err.Error())
}

// fieldsOf returns a decoded table in the order of its keys, so that the same
// document always says the same.
func fieldsOf(table map[string]any, depth int) []matterField {
	fields := []matterField{}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		fields = append(fields, matterField{key, valueOf(table[key], depth+1)})
	}
	return fields
}

func valueOf(v any, depth int) matterValue {
	if depth > maxDepth {
		return matterValue{}
	}
	switch v := v.(type) {
	case map[string]any:
		return matterValue{fields: fieldsOf(v, depth)}
	case []map[string]any: // an array of tables in TOML
		var list matterValue
		for _, item := range v[:min(len(v), maxItems)] {
			list.items = append(list.items, matterValue{fields: fieldsOf(item, depth+1)})
		}
		return list
	case []any:
		var list matterValue
		for _, item := range v[:min(len(v), maxItems)] {
			list.items = append(list.items, valueOf(item, depth+1))
		}
		return list
	case time.Time:
		return matterValue{text: formatTOML(v)}
	}
	return matterValue{text: scalarText(v)}
}

// formatTOML writes a date back as TOML has it: with an offset only where the
// document gives one (TOML 1.0, Local Date-Time, Local Date).
func formatTOML(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format(time.DateOnly)
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05")
	case "time-local":
		return t.Format(time.TimeOnly)
	}
	return t.Format(time.RFC3339)
}

// scalarText returns the text of a scalar that JSON or TOML decoded.
func scalarText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case json.Number:
		return v.String()
	}
	return ""
}
