package extract

import (
	"encoding/json"
	"strings"
)

// An ldObject is an object of JSON-LD that describes something.
type ldObject map[string]any

// maxLD bounds how many objects of a page are looked at.
const maxLD = 200

// parseLD returns the objects of a block of JSON-LD, outer ones first. It reports
// false for a block that is no JSON, of which only some values can be had.
func parseLD(raw string) (objects []ldObject, ok bool) {
	raw = strings.TrimSpace(raw)
	for _, wrap := range [...][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		raw = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(raw, wrap[0]), wrap[1]))
	}
	raw = strings.TrimRight(raw, "; \n\t")
	var v any
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		// Line breaks within strings are the mistake that templates make.
		if err := json.Unmarshal([]byte(strings.Map(spaceForControl, raw)), &v); err != nil {
			return salvageLD(raw), false
		}
	}
	collectLD(v, 0, &objects)
	return objects, true
}

func spaceForControl(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

// collectLD lists the objects that describe this page. Those in lists of other
// pages are left out.
func collectLD(v any, depth int, out *[]ldObject) {
	if depth > 6 || len(*out) >= maxLD {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			collectLD(item, depth+1, out)
		}
	case map[string]any:
		*out = append(*out, v)
		for _, key := range [...]string{"@graph", "mainEntity", "mainEntityOfPage"} {
			collectLD(v[key], depth+1, out)
		}
	}
}

// salvageLD reads the values that matter most out of a block that is no JSON.
func salvageLD(raw string) []ldObject {
	o := ldObject{}
	for _, key := range [...]string{"@type", "headline", "datePublished", "dateModified"} {
		_, rest, found := strings.Cut(raw, `"`+key+`"`)
		rest, isValue := strings.CutPrefix(strings.TrimSpace(rest), ":")
		if rest = strings.TrimSpace(rest); !found || !isValue {
			continue
		}
		var value string
		if err := json.NewDecoder(strings.NewReader(rest)).Decode(&value); err == nil {
			o[key] = value
		}
	}
	if len(o) == 0 {
		return nil
	}
	return []ldObject{o}
}

// chooseArticle returns the object that describes the article of the page: the
// one with its address or its headline, else the only one. A page with a list of
// articles is none of them.
func (p *page) chooseArticle() ldObject {
	var articles []ldObject
	for _, o := range p.objects {
		if o.isArticle() {
			articles = append(articles, o)
		}
	}
	for _, o := range articles {
		if p.canonical != "" && (o.text("url") == p.canonical || o.text("mainEntityOfPage") == p.canonical || o.text("@id") == p.canonical) {
			return o
		}
	}
	title := foldWords(p.title + " " + p.first("og:title"))
	for _, o := range articles {
		if h := foldWords(o.text("headline")); h != "" && strings.Contains(title, h) {
			return o
		}
	}
	if len(articles) == 1 {
		return articles[0]
	}
	return nil
}

// isArticle reports whether the type of an object is that of an article
// (schema.org/Article and the types below it).
func (o ldObject) isArticle() bool {
	for _, kind := range o.list("@type") {
		switch {
		case strings.HasSuffix(kind, "Article"), strings.HasSuffix(kind, "Posting"), kind == "Report", kind == "Review", kind == "Recipe":
			return true
		}
	}
	return false
}

// isPage reports whether an object describes the page as such.
func (o ldObject) isPage() bool {
	for _, kind := range o.list("@type") {
		if strings.HasSuffix(kind, "WebPage") || kind == "ItemPage" || kind == "VideoObject" || kind == "CreativeWork" {
			return true
		}
	}
	return false
}

// text returns the string of a property: its own, or that of the object or the
// first item that it holds.
func (o ldObject) text(key string) string {
	if values := o.list(key); len(values) > 0 {
		return values[0]
	}
	return ""
}

// list returns the strings of a property.
func (o ldObject) list(key string) []string { return ldStrings(o[key], 0) }

func ldStrings(v any, depth int) []string {
	if depth > 3 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if s := plainValue(v); s != "" {
			return []string{s}
		}
	case []any:
		var out []string
		for _, item := range v[:min(len(v), maxItems)] {
			out = append(out, ldStrings(item, depth+1)...)
		}
		return out
	case map[string]any:
		for _, key := range [...]string{"name", "@value", "@id", "url"} {
			if s := ldStrings(v[key], depth+1); len(s) > 0 {
				return s[:1]
			}
		}
	}
	return nil
}
