package extract

func readText(_ *Extractor, s *source) error {
	return nil
}
