package date

import "strings"

// orderOf returns the order of numeric dates that is usual in a language.
func orderOf(tag string) Order {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	lang, rest, _ := strings.Cut(tag, "-")
	switch lang {
	case "en":
		return englishOrder(rest)
	case "fr", "de", "es", "it", "pt", "ca", "gl", "nl", "sv", "da", "nb", "nn", "no", "fi", "pl", "cs", "sk", "sl", "hr",
		"sr", "bs", "ro", "bg", "ru", "uk", "be", "el", "tr", "az", "ar", "he", "id", "ms", "vi", "th", "hi":
		return DayMonth
	}
	return Unknown
}

// englishOrder tells the order by the region of English. Canada uses both.
func englishOrder(region string) Order {
	switch region {
	case "us", "ph", "pr":
		return MonthDay
	case "gb", "uk", "ie", "au", "nz", "in", "za", "ng", "ke", "sg", "hk", "mt", "jm", "pk":
		return DayMonth
	}
	return Unknown
}
