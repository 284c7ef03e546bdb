package publish

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/gosimple/slug"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// The length of a slug: long enough to tell what the entry is about, short
// enough to be quoted in a message.
const (
	minSlug = 3
	maxSlug = 60
)

// An addressBook tells which addresses are given away.
type addressBook interface {
	AddressTaken(ctx context.Context, address string) (id string, taken bool, err error)
}

// mintAddress returns the address of the page of an entry that has none yet:
// entries/YYYY/MM/slug.html, by the day that the document names. An address
// that another entry has, or had, gets a part of the id added.
func mintAddress(ctx context.Context, book addressBook, record ledger.Record, entry *feed.Entry, slug string) (string, error) {
	address := addressOf(entry, slug, "")
	owner, taken, err := book.AddressTaken(ctx, address)
	if err != nil || !taken || owner == record.ID {
		return address, err
	}
	return addressOf(entry, slug, "-"+shortHash("address", record.ID)), nil
}

// addressOf makes an address from the day and the slug of an entry. The suffix
// tells it from another entry's.
func addressOf(entry *feed.Entry, slug, suffix string) string {
	return "entries/" + entry.Published.Time.Format("2006/01/") + slug + suffix + ".html"
}

// shortHash returns eight letters and digits that stand for a name.
func shortHash(space, name string) string {
	return strings.TrimPrefix(feed.NewID(space, name), "urn:uuid:")[:8]
}

// Preview gives an entry the id and the address that it gets in its first run,
// if no other entry has them. authority is the publisher's name for ids, or ""
// for the host of the site.
func Preview(entry *feed.Entry, base *url.URL, authority string) {
	authority = cmp.Or(authority, base.Hostname())
	if entry.ID == "" {
		entry.ID = feed.NewID(authority, entry.Path)
	} else {
		entry.ID = iri(authority, entry.ID)
	}
	entry.Address = addressOf(entry, slugOf(entry), "")
	entry.URL = absolute(base, entry.Address)
}

// slugOf makes the last part of an address from a title. It is never empty, and
// never the name of a section's page.
func slugOf(entry *feed.Entry) string {
	name := slug.MakeLang(entry.Title, entry.Language)
	if len(name) > maxSlug {
		name = name[:maxSlug]
		if cut := strings.LastIndexByte(name, '-'); cut > maxSlug/2 {
			name = name[:cut]
		}
		name = strings.Trim(name, "-")
	}
	if len(name) < minSlug || name == "index" {
		name = strings.Trim(name+"-"+shortHash("slug", entry.Path), "-")
	}
	return name
}

// absolute returns the URL of a path below the site. Each part of the path is
// escaped: folders may have any name.
func absolute(base *url.URL, path string) string {
	u := *base
	u.Path += path
	u.RawPath = ""
	return u.String()
}

// CheckBase reports what is wrong with the address of a site: it is absolute,
// and nothing but a scheme, a host and a path that ends in a slash.
func CheckBase(base *url.URL) error {
	switch {
	case base.Scheme != "http" && base.Scheme != "https":
		return fmt.Errorf("the base URL %q does not begin with http:// or https://", base)
	case base.Host == "":
		return fmt.Errorf("the base URL %q has no host", base)
	case base.RawQuery != "" || base.Fragment != "" || base.User != nil:
		return fmt.Errorf("the base URL %q has more than a scheme, a host and a path", base)
	case !strings.HasSuffix(base.Path, "/"):
		return fmt.Errorf("the base URL %q does not end in a slash", base)
	}
	return nil
}
