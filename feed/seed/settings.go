package seed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"seedfeed/feed"
)

// maxSettings is the size of the largest feed.yaml, in bytes. The parser takes
// more than twice the time for twice the text when it is nested deeply.
const maxSettings = 16_000

// Settings are the facts about the site, or about a section, that stand with the
// documents: in a file feed.yaml at the top, or in a folder. All of them
// may be left out; the zero value says that one is.
//
//	title: The Harbour Post
//	description: News from the harbour and the islands.
//	language: en-GB
//	authority: harbourpost.example
//	authors:
//	  - Ada Moreno
//	  - name: Ben Oduya
//	    email: ben@harbourpost.example
//	    uri: https://harbourpost.example/ben
//	copyright: © 2026 The Harbour Post
//	icon: https://harbourpost.example/icon.png
//	image: https://harbourpost.example/nameplate.png
//	updates: hourly
//	entries: 50
//	hub: https://hub.example/
type Settings struct {
	// Title is the name of the feed, in one line of plain text. Key: title.
	Title string

	// Description says in one line what the feed is about. Key: description.
	Description string

	// Language is what the documents are written in where nothing else tells:
	// a BCP 47 tag in its canonical form ("en-GB"). Key: language.
	Language string

	// Authority is a domain name that belongs to the publisher, in lower case
	// and ASCII. The ids of entries are made from it: it must never change,
	// also when the site moves. At the top only. Key: authority.
	Authority string

	// Authors stand in feeds, and for entries that name none. Key: author for
	// one of them or authors for a list. Each is a name, "Name <address>", or a
	// mapping with the keys name, email, uri.
	Authors []feed.Person

	// Copyright tells the rights in the feed. Key: copyright.
	Copyright string

	// Icon is a square picture: its absolute URL, or the path of its file below
	// the folder of documents. In the feed.yaml the path is relative to that.
	// Key: icon.
	Icon string

	// Image is a picture that is wider than high, as Icon is. Key: image.
	Image string

	// Updates tells how often news comes: "hourly", "daily", "weekly", "monthly",
	// "yearly", or "" where nobody says. Key: updates.
	Updates string

	// Entries is how many entries the feed holds, 1 to 200, or 0 where the
	// default of 30 applies. Key: entries.
	Entries int

	// Hub is the absolute URL of a WebSub hub. Key: hub.
	Hub string
}

// Settings reads the settings of a folder, "" for the top. Where there is no
// feed.yaml they are zero. What is wrong in the file is a [*SettingsError].
func (f *Folder) Settings(ctx context.Context, dir string) (Settings, error) {
	name := path.Join(dir, settingsFile)
	data, err := answer(ctx, f, func() ([]byte, error) {
		file, err := f.stat(name)
		if err != nil {
			return nil, err
		}
		return f.read(ctx, file, maxSettings)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, fmt.Errorf("%s: %w", name, err)
	}
	return parseSettings(name, data)
}
