package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"seedfeed/feed"
)

// skipped is the status of a document that has no entry.
const skipped feed.Status = "skipped"

// An inspection is one line of inspect --json.
type inspection struct {
	Path              string      `json:"path"`
	ID                string      `json:"id,omitempty"`
	URL               string      `json:"url,omitempty"`
	Title             string      `json:"title,omitempty"`
	TitleFrom         string      `json:"title_from,omitempty"`
	Published         string      `json:"published,omitempty"`
	PublishedFrom     string      `json:"published_from,omitempty"`
	PublishedInferred bool        `json:"published_inferred"`
	Updated           string      `json:"updated,omitempty"`
	UpdatedFrom       string      `json:"updated_from,omitempty"`
	Summary           string      `json:"summary,omitempty"`
	SummaryFrom       string      `json:"summary_from,omitempty"`
	Authors           []string    `json:"authors,omitempty"`
	Agency            string      `json:"agency,omitempty"`
	Place             string      `json:"place,omitempty"`
	Language          string      `json:"language,omitempty"`
	LanguageFrom      string      `json:"language_from,omitempty"`
	Section           string      `json:"section,omitempty"`
	Tags              []string    `json:"tags,omitempty"`
	Slug              string      `json:"slug,omitempty"`
	Revision          string      `json:"revision,omitempty"`      // update, repeat, refile or correction
	RevisionFrom      string      `json:"revision_from,omitempty"` // the words that say so
	Version           int         `json:"version,omitempty"`       // 2 of "UPDATE 2-"
	Corrections       []string    `json:"corrections,omitempty"`   // what was wrong before, for readers
	Kills             *feed.Kill  `json:"kills,omitempty"`         // the story that the document takes back
	Status            feed.Status `json:"status"`
	Reason            string      `json:"reason,omitempty"`
	Notes             []string    `json:"notes,omitempty"`
	Cut               []string    `json:"cut,omitempty"` // lines that are for editors, and not published
	ContentHTML       string      `json:"content_html,omitempty"`
}

func (c *inspectCommand) printJSON(w io.Writer, d inspected) error {
	line := inspection{Path: d.path, Status: skipped}
	if d.err != nil {
		line.Reason = d.err.Error()
	} else {
		line = c.inspection(d.path, &d.entry)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(line)
}

func (c *inspectCommand) inspection(path string, e *feed.Entry) inspection {
	line := inspection{
		Path: path, ID: e.ID, URL: e.URL,
		Title: e.Title, TitleFrom: e.From.Title.Source,
		Published: e.Published.String(), PublishedFrom: e.From.Published.Source, PublishedInferred: e.Inferred,
		Updated: e.Updated.String(), UpdatedFrom: e.From.Updated.Source,
		Summary: e.Summary, SummaryFrom: e.From.Summary.Source,
		Authors: names(e.Authors), Agency: e.Agency, Place: e.Place,
		Language: e.Language, LanguageFrom: e.From.Language.Source,
		Section: e.Section, Tags: e.Categories,
		Slug: e.Slug, Revision: string(e.Revision.Kind), Version: e.Revision.Number, Corrections: e.Corrections, Kills: e.Kill,
		Status: e.Status, Reason: e.Reason, Notes: e.Notes, Cut: e.Cut,
	}
	if !e.Revision.IsZero() {
		line.RevisionFrom = words(e.Revision.From)
	}
	if c.Content {
		line.ContentHTML = e.Content
	}
	return line
}

func names(persons []feed.Person) []string {
	var names []string
	for _, p := range persons {
		names = append(names, p.Name)
	}
	return names
}

// printPlain prints each field with its value and, below it, where that came
// from: a wrong guess is explained at one look.
func (c *inspectCommand) printPlain(w io.Writer, d inspected) error {
	var b strings.Builder
	fmt.Fprintln(&b, d.path)
	if d.err != nil {
		field(&b, "skipped", d.err.Error(), feed.Evidence{})
	} else {
		c.fields(&b, &d.entry)
	}
	fmt.Fprintln(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *inspectCommand) fields(b *strings.Builder, e *feed.Entry) {
	published := e.Published.String()
	if e.Inferred {
		published += " (inferred)"
	}
	field(b, "title", e.Title, e.From.Title)
	field(b, "published", published, e.From.Published)
	field(b, "updated", e.Updated.String(), e.From.Updated)
	field(b, "summary", e.Summary, e.From.Summary)
	field(b, "authors", strings.Join(names(e.Authors), ", "), e.From.Authors)
	field(b, "agency", e.Agency, e.From.Agency)
	field(b, "place", e.Place, e.From.Place)
	field(b, "language", e.Language, e.From.Language)
	field(b, "section", e.Section, feed.Evidence{})
	field(b, "tags", strings.Join(e.Categories, ", "), e.From.Categories)
	field(b, "slug", e.Slug, feed.Evidence{})
	for _, correction := range e.Corrections {
		field(b, "correction", correction, feed.Evidence{Source: "front matter"})
	}
	field(b, "revision", revisionOf(e.Revision), e.Revision.From)
	if e.Kill != nil {
		field(b, "takes back", killed(e.Kill), e.Kill.From)
		field(b, "because", e.Kill.Reason, feed.Evidence{Source: "the advisory; it is for editors"})
		field(b, "readers", cmp.Or(e.Kill.Public, "see no reason"), feed.Evidence{})
	}
	field(b, "id", e.ID, e.From.ID)
	field(b, "url", e.URL, feed.Evidence{})
	status := string(e.Status)
	if e.Reason != "" {
		status += ": " + e.Reason
	}
	field(b, "status", status, feed.Evidence{})
	for _, note := range e.Notes {
		field(b, "note", note, feed.Evidence{})
	}
	for _, line := range e.Cut {
		field(b, "cut", line, feed.Evidence{})
	}
	if c.Content {
		field(b, "content", e.Content, feed.Evidence{})
	}
}

// revisionOf says which version of a story a document is, or "".
func revisionOf(r feed.Revision) string {
	if r.Number == 0 {
		return string(r.Kind)
	}
	return fmt.Sprintf("%s %d", r.Kind, r.Number)
}

// killed names the story that an advisory takes back, as the advisory does.
func killed(k *feed.Kill) string {
	var names []string
	if k.Entry != "" {
		names = append(names, k.Entry)
	}
	if k.Headline != "" {
		names = append(names, fmt.Sprintf("the story headlined %q", k.Headline))
	}
	if k.Slug != "" {
		names = append(names, fmt.Sprintf("the slug %q", k.Slug))
	}
	if k.Place != "" {
		names = append(names, fmt.Sprintf("the dateline %q", k.Place))
	}
	if names == nil {
		return "a story that it does not name"
	}
	return strings.Join(names, ", ")
}

// field prints one field, unless it is empty.
func field(b *strings.Builder, name, value string, from feed.Evidence) {
	if value == "" {
		return
	}
	const indent = "\n             "
	fmt.Fprintf(b, "  %-10s %s\n", name, strings.ReplaceAll(value, "\n", indent))
	if from.Source != "" {
		fmt.Fprintf(b, "  %-10s   from %s\n", "", words(from))
	}
}
