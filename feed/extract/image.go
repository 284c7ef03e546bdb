package extract

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed"
	"seedfeed/feed/extract/text"
)

// image answers which picture stands for the entry: the one that the document
// states, or else the first of its content.
func (x *Extractor) image(s *source, e *feed.Entry) {
	images := imagesOf(e.Content)
	if v, ok := s.find(askImage); ok {
		address, ok := newResolver(x.options.Base, s.doc.Path).resolve(v.value)
		if ok && isWebAddress(address) {
			e.Image = &feed.Image{URL: address}
			for _, shown := range images { // which may tell its size
				if shown.URL == address {
					e.Image = &shown
					break
				}
			}
			return
		}
	}
	if len(images) > 0 {
		e.Image = &images[0]
	}
}

func isWebAddress(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// smallest is the side of the smallest picture that stands for something, in
// pixels: smaller ones are signs and bullets.
const smallest = 64

// imagesOf lists the pictures of some HTML that are large enough, as far as it
// tells their size.
func imagesOf(content string) []feed.Image {
	if !strings.Contains(content, "<img") {
		return nil
	}
	var images []feed.Image
	for z := html.NewTokenizer(strings.NewReader(content)); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.DataAtom != atom.Img {
			continue
		}
		var image feed.Image
		for _, a := range token.Attr {
			switch a.Key {
			case "src":
				image.URL = a.Val
			case "alt":
				image.Alt = text.OneLine(a.Val)
			case "width":
				image.Width, _ = strconv.Atoi(a.Val) // none is told if it is no number
			case "height":
				image.Height, _ = strconv.Atoi(a.Val)
			}
		}
		small := image.Width > 0 && image.Width < smallest || image.Height > 0 && image.Height < smallest
		if isWebAddress(image.URL) && !small {
			images = append(images, image)
		}
	}
	return images
}
