package extract

import (
	"net/mail"
	"slices"
	"strings"

	"seedfeed/feed/extract/text"
)

// frontMatter is the source of what front matter states.
const frontMatter = "front matter"

// statedBy returns what the fields of front matter say in answer to the
// questions, best first.
func statedBy(fields []matterField) []stated {
	byKey := make(map[string]matterValue, len(fields))
	var notes []stated
	for _, f := range fields {
		if f.note != "" {
			notes = append(notes, stated{ask: askNote, value: f.note, source: frontMatter})
			continue
		}
		switch key := foldKey(f.key); key {
		case "taxonomies", "extra": // Zola keeps tags and own keys in tables
			for _, inner := range f.fields {
				if _, ok := byKey[foldKey(inner.key)]; !ok {
					byKey[foldKey(inner.key)] = inner.matterValue
				}
			}
		default:
			if _, twice := byKey[key]; twice && isKnown(key) {
				note := matterNote("%q stands twice; the last one counts", f.key)
				notes = append(notes, stated{ask: askNote, value: note.note, source: frontMatter})
			}
			byKey[key] = f.matterValue
		}
	}
	var out []stated
	for _, k := range matterKeys {
		v, ok := byKey[k.key]
		if !ok || k.key == "keywords" && hasCategory(out) {
			continue // keywords are written for search engines; tags are the better list
		}
		out = append(out, v.answer(k)...)
	}
	return append(out, notes...)
}

func hasCategory(values []stated) bool {
	return slices.ContainsFunc(values, func(v stated) bool { return v.ask == askCategory })
}

// answer returns what a value states as the value of a key.
func (v matterValue) answer(k matterKey) []stated {
	switch k.ask {
	case askAuthor:
		return v.authors()
	case askCategory:
		return v.list(k, categoryWords)
	case askPath, askCorrection:
		return v.list(k, nil)
	case askDraft:
		return v.draft(k)
	case askMinor:
		if isTrue(v.text) {
			return one(k, "true")
		}
		return nil
	case askPublished, askUpdated, askExpires, askEmbargo:
		return v.date(k)
	case askLanguage:
		return one(k, strings.ReplaceAll(v.text, "_", "-"))
	}
	if k.key == "source" && strings.Contains(v.text, "://") {
		return nil // where it was copied from, not who sent it
	}
	if v.text == "" && len(v.items) > 0 {
		return one(k, v.items[0].text)
	}
	return one(k, v.text)
}

// one returns a single statement, or none when there are no words in it.
func one(k matterKey, words string) []stated {
	words = plainValue(words) // themes show titles as HTML; a feed's are plain text
	if words == "" {
		return nil
	}
	source := frontMatter
	if k.ask == askPath {
		source += " " + k.key
	}
	return []stated{{ask: k.ask, value: words, source: source}}
}

// date returns a date, which Docusaurus writes into a mapping. A truth value in
// its place is a draft's.
func (v matterValue) date(k matterKey) []stated {
	for _, f := range v.fields {
		if foldKey(f.key) == "date" {
			v = f.matterValue
		}
	}
	switch {
	case k.ask == askEmbargo && isTrue(v.text):
		return []stated{{ask: askDraft, value: k.key + ": " + v.text, source: frontMatter}}
	case isTrue(v.text), isFalse(v.text):
		return nil
	}
	return one(k, v.text)
}

// list returns a statement for each item of a list, or for each part of a
// string that is meant as one.
func (v matterValue) list(k matterKey, split func(string) []string) []stated {
	var out []stated
	if len(v.items) > 0 {
		for _, item := range v.items {
			out = append(out, one(k, item.label())...)
		}
		return out
	}
	words := []string{v.text}
	if split != nil {
		words = split(v.text)
	}
	for _, w := range words {
		out = append(out, one(k, w)...)
	}
	return out
}

// label returns the text of a scalar, or what a mapping calls itself.
func (v matterValue) label() string {
	if v.text != "" {
		return v.text
	}
	for _, f := range v.fields {
		switch foldKey(f.key) {
		case "name", "label", "title":
			return f.text
		}
	}
	return ""
}

// categoryWords splits tags that are written as a string: at commas, or at the
// marks of hash tags ("#fisheries #quota").
func categoryWords(s string) []string {
	split := func(r rune) bool { return r == ',' || r == ';' }
	if strings.HasPrefix(strings.TrimSpace(s), "#") {
		split = func(r rune) bool { return r == '#' || r == ',' }
	}
	return strings.FieldsFunc(s, split)
}

// authors returns the people of a string, a list, or a list of mappings.
func (v matterValue) authors() []stated {
	var out []stated
	switch {
	case len(v.items) > 0:
		for _, item := range v.items {
			out = append(out, item.authors()...)
		}
	case len(v.fields) > 0:
		var a stated
		for _, f := range v.fields {
			switch foldKey(f.key) {
			case "name":
				a.value = plainValue(f.text)
			case "email":
				a.email = text.OneLine(f.text)
			case "url", "uri", "website", "homepage", "web":
				a.uri = text.OneLine(f.text)
			}
		}
		if a.value != "" {
			a.ask, a.source = askAuthor, frontMatter
			out = append(out, a)
		}
	default:
		for _, name := range authorWords(v.text) {
			out = append(out, statedAuthor(name, frontMatter)...)
		}
	}
	return out
}

// statedAuthor returns an author whose mail address may stand behind the name:
// "Jane Doe <jane@example.org>".
func statedAuthor(name, source string) []stated {
	a := stated{ask: askAuthor, value: plainValue(name), source: source}
	if strings.HasSuffix(a.value, ">") {
		if address, err := mail.ParseAddress(a.value); err == nil && address.Name != "" {
			a.value, a.email = text.OneLine(address.Name), address.Address
		}
	}
	if a.value == "" {
		return nil
	}
	return []stated{a}
}

// authorWords splits a string of authors: "Jane Doe and John Roe", "Jane Doe;
// John Roe", "Jane Doe, John Roe & Joe Poe". A comma that is followed by one word
// is part of a name ("Doe, Jane", "Jane Doe, PhD"), and so is an "and" beside one
// word ("Ortega y Gasset").
func authorWords(s string) []string {
	if strings.Contains(s, ";") {
		return strings.Split(s, ";")
	}
	names := splitAuthors(s, ",")
	for _, and := range [...]string{" and ", " & ", " und ", " et ", " y ", " och "} {
		var split []string
		for _, name := range names {
			split = append(split, splitAuthors(strings.TrimPrefix(strings.TrimSpace(name), and[1:]), and)...)
		}
		names = split
	}
	return names
}

// splitAuthors splits a string of names, unless a part of it is a single word.
func splitAuthors(s, sep string) []string {
	parts := strings.Split(s, sep)
	for _, part := range parts {
		if len(strings.Fields(part)) < 2 {
			return []string{s}
		}
	}
	return parts
}

// draft returns a statement when the value says that the document is not for
// publication. "draft: maybe" holds it: what is published can not be taken
// back. A status has many other uses, so only words that mean it hold there.
func (v matterValue) draft(k matterKey) []stated {
	words := strings.ToLower(strings.TrimSpace(v.text))
	var held bool
	switch k.key {
	case "published", "publish":
		held = isFalse(words)
	case "status", "visibility":
		switch words {
		case "draft", "private", "hold", "held", "on hold", "hidden", "pending", "embargo", "embargoed", "unpublished", "unlisted", "review", "in review", "todo", "wip", "trash", "internal", "secret", "protected":
			held = true
		}
	default:
		held = words != "" && !isFalse(words)
	}
	if !held {
		return nil
	}
	return []stated{{ask: askDraft, value: text.OneLine(k.key + ": " + v.text), source: frontMatter}}
}

func isTrue(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "on", "1", "y":
		return true
	}
	return false
}

func isFalse(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "false", "no", "off", "0", "n":
		return true
	}
	return false
}
