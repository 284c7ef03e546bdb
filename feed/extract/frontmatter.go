package extract

// cutFrontMatter takes the front matter off a document: it returns what the
// document states there, and the text that follows.
func cutFrontMatter(text string) (values []stated, rest string, err error) {
	return nil, text, nil
}
