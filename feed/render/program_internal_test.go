package render

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

// The built-in pages of entries are made by a program: a change of the templates
// that it does not know would make each of them many times slower.
func TestBuiltInThemeHasProgram(t *testing.T) {
	theme := builtInTheme()
	if _, err := compile(theme.pages[entryFile], reflect.TypeFor[EntryPage]()); err != nil || theme.entry == nil {
		t.Errorf("the built-in entry.html or layout.html uses what programs do not know: %v", err)
	}
}

// The program of the built-in theme makes the bytes of its templates, whatever a
// page holds.
func TestBuiltInProgram(t *testing.T) {
	theme := builtInTheme()
	for i := range hostile {
		for _, length := range []int{0, 2} {
			var page EntryPage
			n := i
			fill(reflect.ValueOf(&page).Elem(), &n, length)
			var want bytes.Buffer
			if err := theme.pages[entryFile].Execute(&want, page); err != nil {
				t.Fatal(err)
			}
			if got, err := theme.entry.run(&page); err != nil || !bytes.Equal(got, want.Bytes()) {
				t.Errorf("got\n%s\n%v, want\n%s", got, err, want.Bytes())
			}
		}
	}
}

// fill puts hostile texts into all that a value is made of, and gives lists a length.
func fill(v reflect.Value, n *int, length int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(hostile[*n%len(hostile)])
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n % 3))
	case reflect.Bool:
		v.SetBool(*n%2 == 0)
	case reflect.Pointer:
		if *n%4 > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), n, length)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), length, length))
		for i := range length {
			fill(v.Index(i), n, length)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n, length)
		}
	}
}

type programData struct {
	programBase
	Text   string
	List   []programItem
	Item   *programItem
	None   *programItem
	HTML   template.HTML
	Attr   template.HTMLAttr
	Number int
	Yes    bool
	Data   programItem
	URL    template.URL
	Named  programText
	Texts  []string
}

type programBase struct{ Base string }

type programItem struct {
	Title, URL string
	Items      []programItem
}

type programText string

func (programText) String() string { return "a text of its own" }

// programs are templates of what programs know.
var programs = []string{
	`{{.Text}} {{.Base}} <a href="{{.Text}}" title="{{.Text}}">{{.Number}}</a><title>{{.Text}}</title>`,
	`{{if .Text}}a{{else if .Yes}}b{{else}}c{{end}}{{if not .Text}}d{{end}}{{if and .Yes (or .None .Number)}}e{{end}}{{if .Data}}f{{end}}`,
	`{{with .Item}}{{.Title}}{{$.Text}}{{with .URL}}<i>{{.}}</i>{{else}}none{{end}}{{end}}{{with .None}}x{{else}}{{.Text}}{{end}}`,
	`{{range .List}}{{.Title}}{{range .Items}}{{.URL}}{{$.Base}}{{end}}{{else}}empty {{.Text}}{{end}}`,
	`{{range $i, $e := .List}}{{if $i}}, {{end}}{{$e.Title}}{{range $k, $f := $e.Items}}{{$i}}{{$k}}{{$f.URL}}{{$e.URL}}{{end}}{{end}}{{range $t := .Texts}}{{$t}}{{end}}`,
	`{{.HTML}}<p {{.Attr}}>{{/* nothing */}}{{(.Text)}}</p><script type="application/ld+json">{{.Data}}</script>`,
	`{{define "sub"}}{{.Title}}{{$.URL}}{{range .Items}}{{$.Title}}{{end}}{{end}}{{range $x := .List}}{{template "sub" .}}{{template "sub" $x}}{{end}}{{template "sub" .Data}}`,
}

// hostile are texts that escapers have something to do with.
var hostile = []string{
	"", "plain", `<script>alert("x")</script> & 'y' + z`, "javascript:alert(1)", "JavaScript:x", "http://a.example/?a=b&c=d+e f#g", "https://é.example/ü%20%2x%",
	"mailto:a@b.example", "data:,", "a:b/c", "/a:b", "\x00\xff\xfe bad \u2028\u2029 </script><!-- -->", "日本語 \"quoted\" `back` {{.}}", "(a)'b'[c]~!$*,;=?@|\\^",
}

func programDataOf(s, other string, many bool) programData {
	item := programItem{Title: s, URL: other}
	d := programData{
		programBase: programBase{other}, Text: s, Item: &item, Data: item,
		HTML: template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>"), Attr: `type="a+b"`,
	}
	if many {
		item.Items = []programItem{{other, s, nil}, {s, s, nil}}
		d.List, d.Texts, d.Number, d.Yes, d.Data = []programItem{item, {}, item}, []string{s, other}, -7, true, item
	}
	return d
}

func checkProgram(t *testing.T, text string, d programData) {
	t.Helper()
	page := template.Must(template.New("page").Parse(text))
	var want bytes.Buffer
	if err := page.Execute(&want, d); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	do, err := compile(page, reflect.TypeFor[programData]())
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if got, err := do.run(&d); err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s\nis\n%q, %v\nwant\n%q", text, got, err, want.Bytes())
	}
}

// A program makes the bytes that html/template makes.
func TestProgram(t *testing.T) {
	for _, text := range programs {
		for i, s := range hostile {
			checkProgram(t, text, programDataOf(s, hostile[(i+5)%len(hostile)], i%2 == 0))
			checkProgram(t, text, programDataOf(s, s, i%2 == 1))
		}
	}
}

func FuzzProgram(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[len(hostile)-1-i], i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, s, other string, many bool) {
		for _, text := range programs {
			checkProgram(t, text, programDataOf(s, other, many))
		}
	})
}

// What programs do not know is left to html/template.
func TestProgramUnknown(t *testing.T) {
	for _, text := range []string{
		`{{len .List}}`, `{{printf "%s" .Text}}`, `{{$x := .Text}}{{$x}}`, `{{range .List}}{{break}}{{end}}`, `{{range .Number}}{{end}}`,
		`{{.URL}}`, `<a href="{{.URL}}">`, `{{.Named}}`, `<p title="{{.HTML}}">`, `<p title={{.Text}}>`, `<script>x = {{.Text}}</script>`, `<p style="color: {{.Text}}">`,
		`<a href="/{{.Text}}">`, `<a href="?q={{.Text}}">`, `{{if eq .Text "x"}}{{end}}`, `{{with $x := .Item}}{{end}}`, `{{.Texts}}`, `{{.Yes}}`, `{{index .Texts 0}}`,
		`{{define "attribute"}}{{with .Text}} title="{{.}}"{{end}}{{end}}<p{{template "attribute" .}}>`, `{{define "a"}}{{range .Items}}{{template "a" .}}{{end}}{{end}}{{template "a" .Data}}`,
		`{{.Named.String}}`, `{{html .Text}}`, `{{.Text | html}}`, `{{template "none"}}{{define "none"}}x{{end}}`, `{{if .URL}}{{.URL | urlquery}}{{end}}`,
	} {
		page := template.Must(template.New("page").Parse(text))
		_ = page.Execute(new(bytes.Buffer), programDataOf("x", "y", true))
		if _, err := compile(page, reflect.TypeFor[programData]()); err == nil {
			t.Errorf("%s has a program", text)
		}
	}
}

// A pointer to nothing is an error that html/template words.
func TestProgramUnlike(t *testing.T) {
	page := template.Must(template.New("page").Parse(`{{.None.Title}}`))
	d := programDataOf("x", "y", false)
	err := page.Execute(new(bytes.Buffer), d)
	if err == nil || !strings.Contains(err.Error(), "nil pointer") {
		t.Fatalf("html/template: %v", err)
	}
	do, err := compile(page, reflect.TypeFor[programData]())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := do.run(&d); err == nil {
		t.Error("the field of nothing is no error")
	}
}
