package render

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"html/template"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// version is part of the [Theme.Fingerprint]. It is raised when pages change by
// other means than the files of a theme.
const version = "5"

// The files of a theme. The layout is what all pages share, and calls the
// templates "head" and "body" that the page of each kind defines.
const (
	layoutFile = "layout.html"
	indexFile  = "index.html" // shows an [IndexPage]
	entryFile  = "entry.html" // shows an [EntryPage]
)

var themeFiles = []string{entryFile, indexFile, layoutFile, styleFile}

//go:embed templates
var builtIn embed.FS

// A Theme is what the pages of a site look like: templates of html/template and
// a style sheet. The nil Theme is the built-in one. A Theme does not change and
// may be used by several goroutines.
type Theme struct {
	pages        map[string]*template.Template // by the name of their file
	entry        program                       // of entryFile, or nil where there can be none
	style        []byte
	styleVersion string
	fingerprint  string
}

// LoadTheme returns the built-in theme with the files of a folder in place of its
// own: layout.html, index.html, entry.html, style.css, or some of them. The
// templates get an [IndexPage] or an [EntryPage].
//
// The page of an entry is made many times faster while its templates use no more
// than fields, if, and, or, not, with, range and template: functions, comparisons
// and variables of their own are for html/template alone.
//
// Each template is tried on a page that has everything. An error names the file
// and the line. Other pages, such as a misspelled "entries.html", are an error;
// files of other kinds are let be.
func LoadTheme(folder fs.FS) (*Theme, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	own := map[string][]byte{}
	for _, e := range entries {
		switch name := e.Name(); {
		case slices.Contains(themeFiles, name):
			if own[name], err = fs.ReadFile(folder, name); err != nil {
				return nil, fmt.Errorf("theme: %w", err)
			}
		case path.Ext(name) == ".html" || path.Ext(name) == ".css":
			return nil, fmt.Errorf("theme: unknown file %q; a theme may have %s", name, strings.Join(themeFiles, ", "))
		}
	}
	theme, err := newTheme(own)
	if err == nil {
		err = theme.rehearse()
	}
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	return theme, nil
}

// builtInTheme is the theme without any other files.
var builtInTheme = sync.OnceValue(func() *Theme {
	theme, err := newTheme(nil)
	if err != nil {
		panic(err) // its files are ours
	}
	return theme
})

// newTheme makes a theme of the built-in files and those in their place.
func newTheme(own map[string][]byte) (*Theme, error) {
	text := map[string]string{}
	sum := fnv.New64a()
	sum.Write([]byte(version))
	for _, name := range themeFiles {
		data, isOwn := own[name]
		if !isOwn {
			var err error
			if data, err = builtIn.ReadFile("templates/" + name); err != nil {
				return nil, err
			}
		}
		text[name] = string(data)
		sum.Write(fmt.Appendf(nil, "\n%s %d\n%s", name, len(data), data))
	}
	theme := &Theme{
		pages:       map[string]*template.Template{},
		style:       []byte(text[styleFile]),
		fingerprint: fmt.Sprintf("%016x", sum.Sum64()),
	}
	styleSum := fnv.New32a()
	styleSum.Write(theme.style)
	theme.styleVersion = fmt.Sprintf("%08x", styleSum.Sum32())
	for _, name := range []string{indexFile, entryFile} {
		page, err := template.New(layoutFile).Parse(text[layoutFile])
		if err == nil {
			_, err = page.New(name).Parse(text[name])
		}
		if err != nil {
			return nil, errors.New(templateError(err))
		}
		theme.pages[name] = page
	}
	theme.compile()
	return theme, nil
}

// compile makes the program for the pages of entries, of which there are most.
func (t *Theme) compile() {
	// html/template escapes a template when it is first used. Whatever is wrong
	// in it shows when it is tried in earnest.
	if t.pages[entryFile].Execute(io.Discard, EntryPage{}) != nil {
		return
	}
	if p, err := compile(t.pages[entryFile], reflect.TypeFor[EntryPage]()); err == nil {
		t.entry = p
	}
}

// orBuiltIn returns the theme, or the built-in one for none.
func (t *Theme) orBuiltIn() *Theme {
	if t == nil {
		return builtInTheme()
	}
	return t
}

// Index writes the page of a list, whole or not at all.
func (t *Theme) Index(w io.Writer, l Listing) error {
	t = t.orBuiltIn()
	v := indexPage(l)
	v.Style += "?v=" + t.styleVersion // no cache shows a new page in an old style
	if err := t.share(&v.Page, "index", indexFile); err != nil {
		return err
	}
	return t.execute(w, "index", indexFile, v)
}

// Entry writes the page of an entry, whole or not at all. For many, see
// [Theme.Press].
func (t *Theme) Entry(w io.Writer, a Article) error { return t.Press().Entry(w, a) }

// Style returns the style sheet of all pages: the file style.css of the site.
func (t *Theme) Style() []byte { return bytes.Clone(t.orBuiltIn().style) }

// Fingerprint returns a short text that is another one when pages of equal
// entries would be: then all of them are to be written anew.
func (t *Theme) Fingerprint() string { return t.orBuiltIn().fingerprint }

// Index writes the page of a list in the built-in theme.
func Index(w io.Writer, l Listing) error { return builtInTheme().Index(w, l) }

// Entry writes the page of an entry in the built-in theme.
func Entry(w io.Writer, a Article) error { return builtInTheme().Entry(w, a) }

// Style returns the style sheet of the built-in theme.
func Style() []byte { return builtInTheme().Style() }

// Fingerprint returns that of the built-in theme.
func Fingerprint() string { return builtInTheme().Fingerprint() }

// execute writes a page, or nothing: a page that breaks off in the middle would
// look whole to who asked for it.
func (t *Theme) execute(w io.Writer, kind, file string, data any) error {
	return t.executeTemplate(w, kind, t.pages[file], data)
}

func (t *Theme) executeTemplate(w io.Writer, kind string, page *template.Template, data any) error {
	var text bytes.Buffer
	if err := page.Execute(&text, data); err != nil {
		return fmt.Errorf("%s page: %s", kind, templateError(err))
	}
	if _, err := text.WriteTo(w); err != nil {
		return fmt.Errorf("%s page: %w", kind, err)
	}
	return nil
}

// templateError returns what is wrong in a template, beginning with the file and
// the line.
func templateError(err error) string {
	text := strings.TrimPrefix(err.Error(), "html/template:")
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "template:"))
}
