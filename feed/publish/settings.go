package publish

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/seed"
)

// defaultEntries is the length of a feed: enough for a reader that asks once a
// week, and under a megabyte with full texts.
const defaultEntries = 30

// settings are the facts about the site and its sections that stand in
// feed.yaml files, by section.
type settings struct {
	of     map[string]seed.Settings
	broken map[string]bool // sections whose feed.yaml can not be read: their feeds stay as they are
}

// readSettings reads the feed.yaml of a folder. That of the site must be right;
// a wrong one of a section is reported, and stops only that section's feeds.
func (r *run) readSettings(ctx context.Context, section string) error {
	s, err := r.seeds.Settings(ctx, section)
	switch {
	case err != nil && section == "":
		return err
	case err != nil:
		r.settings.broken[section] = true
		r.note(settingsSkip(section, err))
		return nil
	}
	r.settings.of[section] = s
	return nil
}

// settingsSkip tells of a section's feed.yaml that can not be read.
func settingsSkip(section string, err error) Skip {
	skip := Skip{Path: section + "/feed.yaml", Reason: err.Error(), Kept: true}
	if wrong := (*seed.SettingsError)(nil); errors.As(err, &wrong) {
		skip.Reason = fmt.Sprintf("line %d, column %d: %s", wrong.Line, wrong.Column, wrong.Problem)
		if wrong.Hint != "" {
			skip.Reason += "; " + wrong.Hint
		}
		skip.Excerpt = wrong.Excerpt
	}
	return skip
}

// entries is how many entries the feed of a section has.
func (s settings) entries(section string) int {
	return cmp.Or(s.of[section].Entries, s.of[""].Entries, defaultEntries)
}

// longest is the length of the longest feed.
func (s settings) longest() int {
	n := s.entries("")
	for section := range s.of {
		n = max(n, s.entries(section))
	}
	return n
}

// language is what the documents of a section are assumed to be written in.
func (s settings) language(section string) string {
	for ; section != ""; section = feed.SectionOf(section) {
		if l := s.of[section].Language; l != "" {
			return l
		}
	}
	return s.of[""].Language
}

// authority is the publisher's name that ids are minted from.
func (r *run) authority() string {
	return cmp.Or(r.settings.of[""].Authority, r.BaseURL.Hostname())
}

// siteTitle is the title of the site: the settings', or its host.
func (r *run) siteTitle() string {
	host := r.BaseURL.Hostname()
	if title := r.settings.of[""].Title; title != "" {
		return title
	}
	if ip := net.ParseIP(host); ip != nil || host == "localhost" {
		return "Seedfeed"
	}
	return host
}

// sectionTitle is the title of a section: the settings', or the folder's name
// made readable.
func (r *run) sectionTitle(section string) string {
	if section == "" {
		return r.siteTitle()
	}
	if title := r.settings.of[section].Title; title != "" {
		return title
	}
	name := strings.Join(strings.FieldsFunc(path.Base(section), func(c rune) bool { return c == '-' || c == '_' || unicode.IsSpace(c) }), " ")
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return section
	}
	return string(unicode.ToUpper(first)) + name[size:]
}

// extractor returns the extractor for documents of a section.
func (r *run) extractor(section string) *extract.Extractor {
	return r.extractors[r.settings.language(section)]
}

// prepare makes what follows from the settings, once all of them are read.
func (r *run) prepare() error {
	r.extractors = map[string]*extract.Extractor{}
	for section := range r.settings.of {
		language := r.settings.language(section)
		if r.extractors[language] == nil {
			r.extractors[language] = extract.New(extract.Options{Base: r.BaseURL, Language: language, Location: r.location()})
		}
	}
	r.reach = newReach(r.settings.longest())
	var err error
	r.fingerprint, err = r.fingerprintOf()
	return err
}

// fingerprintOf returns a digest of all that the files in out/ depend on beside
// the documents and the ledger.
func (r *run) fingerprintOf() (string, error) {
	sum := sha256.New()
	for _, part := range []string{r.theme.Fingerprint(), r.Version, r.BaseURL.String(), r.location().String(), r.Hub} {
		_, _ = fmt.Fprintf(sum, "%q\n", part) // a hash never fails
	}
	for _, section := range slices.Sorted(maps.Keys(r.settings.of)) {
		data, err := json.Marshal(r.settings.of[section])
		if err != nil {
			return "", err
		}
		_, _ = fmt.Fprintf(sum, "%q %s\n", section, data)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
