package extract

import (
	"slices"
	"strings"
)

// A matterKey is a key of front matter, in lower case and without the marks
// between its words, and the question that it answers.
type matterKey struct {
	key string
	ask question
}

// matterKeys lists the keys that the tools of the field use, those that are to
// be believed first: Hugo, Jekyll, Zola, Pelican, Eleventy, Astro, Docusaurus,
// MkDocs, Obsidian, Pandoc, and what newsrooms add. A new key is a line here.
var matterKeys = []matterKey{
	{"title", askTitle},
	{"headline", askTitle},

	{"date", askPublished},
	{"datetime", askPublished},
	{"published", askPublished}, // a date; "published: false" is a draft
	{"datepublished", askPublished},
	{"publishdate", askPublished},
	{"publisheddate", askPublished},
	{"pubdate", askPublished},
	{"pubdatetime", askPublished}, // Astro
	{"publishedat", askPublished},
	{"publishedon", askPublished},
	{"publicationdate", askPublished},
	{"firstpublished", askPublished},
	{"issued", askPublished},
	{"posted", askPublished},
	{"created", askPublished},
	{"createdat", askPublished},
	{"datecreated", askPublished},
	{"createddate", askPublished},
	{"creationdate", askPublished},

	{"updated", askUpdated},
	{"lastmod", askUpdated}, // Hugo
	{"modified", askUpdated},
	{"lastmodified", askUpdated},
	{"lastmodifiedat", askUpdated},
	{"updatedat", askUpdated},
	{"updateddate", askUpdated},
	{"lastupdated", askUpdated},
	{"lastupdate", askUpdated}, // Docusaurus: a mapping with a date
	{"datemodified", askUpdated},
	{"dateupdated", askUpdated},
	{"moddatetime", askUpdated}, // Astro

	{"summary", askSummary},
	{"description", askSummary},
	{"abstract", askSummary},
	{"excerpt", askSummary},
	{"standfirst", askSummary},
	{"teaser", askSummary},
	{"subtitle", askSummary},

	{"authors", askAuthor},
	{"author", askAuthor},
	{"by", askAuthor},
	{"byline", askAuthor},
	{"creator", askAuthor},

	{"agency", askAgency},
	{"newsagency", askAgency},
	{"source", askAgency},

	{"place", askPlace},
	{"location", askPlace},
	{"dateline", askPlace},
	{"city", askPlace},

	{"language", askLanguage},
	{"lang", askLanguage},
	{"locale", askLanguage},

	{"tags", askCategory},
	{"tag", askCategory},
	{"categories", askCategory},
	{"category", askCategory},
	{"topics", askCategory},
	{"keywords", askCategory},

	{"id", askID},
	{"guid", askID},
	{"uuid", askID},

	{"path", askPath},
	{"permalink", askPath},
	{"url", askPath},
	{"slug", askPath},
	{"aliases", askPath},

	{"draft", askDraft},
	{"published", askDraft},
	{"publish", askDraft},
	{"status", askDraft},
	{"visibility", askDraft},
	{"private", askDraft},
	{"hidden", askDraft},
	{"unlisted", askDraft},
	{"embargoed", askDraft},

	{"embargo", askEmbargo},
	{"embargountil", askEmbargo},
	{"embargodate", askEmbargo},
	{"holduntil", askEmbargo},
	{"notbefore", askEmbargo},
	{"publishdate", askEmbargo}, // Hugo builds nothing before it

	{"expires", askExpires},
	{"expirydate", askExpires},
	{"expirationdate", askExpires},
	{"expiry", askExpires},
	{"unpublishdate", askExpires},

	{"image", askImage},
	{"cover", askImage},
	{"coverimage", askImage},
	{"featuredimage", askImage},
	{"thumbnail", askImage},
	{"ogimage", askImage},

	{"correction", askCorrection},
	{"correctionnote", askCorrection},
	{"erratum", askCorrection},

	{"minor", askMinor},
	{"minoredit", askMinor},
}

// keyFold puts the spellings of a key together: "Publish-Date", "publish_date",
// "publishDate".
var keyFold = strings.NewReplacer("-", "", "_", "", " ", "", ".", "")

func foldKey(key string) string { return keyFold.Replace(strings.ToLower(strings.TrimSpace(key))) }

// isKnown reports whether a question asks for a key.
func isKnown(key string) bool {
	key = foldKey(key)
	return slices.ContainsFunc(matterKeys, func(k matterKey) bool { return k.key == key })
}
