package extract

func readMarkdown(_ *Extractor, s *source) error {
	return nil
}
