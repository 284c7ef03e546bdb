package seed

import "strings"

// otherNames are what other programs and formats call our keys.
var otherNames = map[string]string{
	"name": "title", "subtitle": "description", "summary": "description", "lang": "language",
	"domain": "authority", "rights": "copyright", "license": "copyright", "licence": "copyright",
	"logo": "image", "favicon": "icon", "items": "entries", "limit": "entries", "count": "entries",
	"websub": "hub", "mail": "email", "e-mail": "email", "url": "uri", "website": "uri", "homepage": "uri",
}

// nearest returns the name that was probably meant by one that is not known, or
// "".
func nearest(unknown string, names []string) string {
	unknown = strings.ToLower(unknown)
	best, least := "", 3 // more than two slips, or one in a short word, are another word
	for _, name := range names {
		if otherNames[unknown] == name {
			return name
		}
		if d := distance(unknown, name); d < least && d <= (len(name)-1)/2 {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace that make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(row[j]+1, row[j+1]+1, replaced)
		}
	}
	return row[len(b)]
}
