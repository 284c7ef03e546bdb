package date

// InName returns the date in the name of a file, or in the folders it lies in.
func InName(path string) (Date, bool) {
	for d := range (Grammar{}).All(path) {
		return d, true
	}
	return Date{}, false
}

func orderOf(lang string) Order {
	if lang == "en-US" {
		return MonthDay
	}
	return Unknown
}
