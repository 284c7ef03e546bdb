package extract

func readHTML(_ *Extractor, s *source) error {
	return nil
}
