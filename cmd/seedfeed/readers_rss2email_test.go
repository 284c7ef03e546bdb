package main

import (
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rss2email sends an entry as a mail, here into a folder, and keeps by guid what
// it sent.
type rss2email struct {
	t      *testing.T
	path   string
	dir    string
	author string // of all that it is to be sent
}

func newRSS2Email(t *testing.T) subscriber {
	t.Helper()
	return &rss2email{t: t, path: program(t, "r2e"), dir: t.TempDir(), author: "Ada Moreno"}
}

func (r *rss2email) follow(url string) {
	r.t.Helper()
	mails := filepath.Join(r.dir, "mail")
	if err := os.Mkdir(mails, 0o755); err != nil {
		r.t.Fatal(err)
	}
	config := strings.Join([]string{
		"[DEFAULT]", "from = feeds@example.org", "to = reader@example.org", "email-protocol = maildir", "maildir-path = " + mails,
		"maildir-mailbox = inbox", "html-mail = True", "trust-guid = True", "",
	}, "\n")
	if err := os.WriteFile(filepath.Join(r.dir, "config"), []byte(config), 0o644); err != nil {
		r.t.Fatal(err)
	}
	r.run("add", "site", url)
}

func (r *rss2email) poll() []string {
	r.t.Helper()
	r.run("run")
	mails, err := filepath.Glob(filepath.Join(r.dir, "mail", "inbox", "new", "*"))
	if err != nil {
		r.t.Fatal(err)
	}
	var titles []string
	for _, name := range mails {
		titles = append(titles, r.title(name))
	}
	return titles
}

func (r *rss2email) run(args ...string) {
	r.t.Helper()
	files := []string{"-c", filepath.Join(r.dir, "config"), "-d", filepath.Join(r.dir, "data.json")}
	command(r.t, r.dir, []string{"HOME=" + r.dir, "LC_ALL=C.UTF-8"}, r.path, append(files, args...)...)
}

// title returns the subject of a mail.
func (r *rss2email) title(name string) string {
	r.t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		r.t.Fatal(err)
	}
	message, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		r.t.Fatal(err)
	}
	var decoder mime.WordDecoder
	header := func(key string) string {
		text, err := decoder.DecodeHeader(message.Header.Get(key))
		if err != nil {
			r.t.Fatal(err)
		}
		return text
	}
	if !strings.HasPrefix(header("X-RSS-ID"), "urn:uuid:") || !strings.Contains(header("From"), ": "+r.author) {
		r.t.Errorf("rss2email sent a mail without its id or author: %v", message.Header)
	}
	return header("Subject")
}
