package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"seedfeed/feed"
)

// dateIn returns a date in the words of a language, or in ISO form for a
// language that is not in the table. A time of day is shown as the document
// gave it, with its zone.
func dateIn(lang string, d feed.Date) DateView {
	if instant(d.Time).IsZero() {
		return DateView{}
	}
	day := dayIn(lang, d.Time)
	if d.DayOnly {
		return DateView{day, d.String()}
	}
	separator := ", "
	if strings.HasSuffix(day, "日") {
		separator = " "
	}
	return DateView{day + separator + d.Time.Format("15:04") + " " + zone(d.Time), d.String()}
}

// zone names the offset of a time: "UTC", "UTC+4", "UTC+5:30".
func zone(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := '+'
	if seconds < 0 {
		sign, seconds = '−', -seconds
	}
	hours, minutes := seconds/3600, seconds/60%60
	if minutes == 0 {
		return fmt.Sprintf("UTC%c%d", sign, hours)
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, hours, minutes)
}

func dayIn(lang string, t time.Time) string {
	form, ok := dayForms[tableKey(lang)]
	if !ok {
		return t.Format(time.DateOnly)
	}
	if strings.HasPrefix(lang, "en-US") {
		form.pattern = "M d, y"
	}
	var month string
	if names := strings.Fields(form.months); len(names) == 12 {
		month = names[t.Month()-1]
	}
	day := strconv.Itoa(t.Day())
	if form.first != "" && t.Day() == 1 {
		day = form.first
	}
	of := "de "
	if month != "" && strings.ContainsRune("aeiou", rune(month[0])) {
		of = "d’"
	}
	return dayLetters(form.pattern, map[byte]string{
		'y': strconv.Itoa(t.Year()), 'M': month, 'm': strconv.Itoa(int(t.Month())), 'd': day, 'D': of,
	})
}

// dayLetters fills a pattern of [dayForms]. A backslash keeps the letter after it.
func dayLetters(pattern string, values map[byte]string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		value, ok := values[c]
		switch {
		case c == '\\' && i+1 < len(pattern):
			i++
			b.WriteByte(pattern[i])
		case ok:
			b.WriteString(value)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// A dayForm tells how a language writes a day in full.
type dayForm struct {
	// pattern has y for the year, M for the month's name, m for its number, d
	// for the day, and D for "de" or "d’" as the month's first letter wants it.
	pattern string
	months  string // January first, in the form that stands beside a day
	first   string // the first day of a month, where it is written in its own way
}

// dayForms lists the languages whose dates we can write.
var dayForms = map[string]dayForm{
	"ar":      {"d M y", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر", ""},
	"az":      {"d M y", "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr", ""},
	"be":      {"d M y г.", "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня", ""},
	"bg":      {"d M y г.", "януари февруари март април май юни юли август септември октомври ноември декември", ""},
	"ca":      {"d DM \\del y", "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre", ""},
	"cs":      {"d. M y", "ledna února března dubna května června července srpna září října listopadu prosince", ""},
	"da":      {"d. M y", "januar februar marts april maj juni juli august september oktober november december", ""},
	"de":      {"d. M y", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember", ""},
	"el":      {"d M y", "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου", ""},
	"en":      {"d M y", "January February March April May June July August September October November December", ""},
	"es":      {"d \\de M \\de y", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", ""},
	"et":      {"d. M y", "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember", ""},
	"fa":      {"d M y", "ژانویهٔ فوریهٔ مارس آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر", ""},
	"fi":      {"d. M y", "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta", ""},
	"fr":      {"d M y", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "1er"},
	"he":      {"d בM y", "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר", ""},
	"hi":      {"d M y", "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर", ""},
	"hr":      {"d. M y.", "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca", ""},
	"hu":      {"y. M d.", "január február március április május június július augusztus szeptember október november december", ""},
	"id":      {"d M y", "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember", ""},
	"it":      {"d M y", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", "1º"},
	"ja":      {"y年m月d日", "", ""},
	"ka":      {"d M, y", "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი", ""},
	"ko":      {"y년 m월 d일", "", ""},
	"ms":      {"d M y", "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember", ""},
	"nb":      {"d. M y", "januar februar mars april mai juni juli august september oktober november desember", ""},
	"nl":      {"d M y", "januari februari maart april mei juni juli augustus september oktober november december", ""},
	"nn":      {"d. M y", "januar februar mars april mai juni juli august september oktober november desember", ""},
	"no":      {"d. M y", "januar februar mars april mai juni juli august september oktober november desember", ""},
	"pl":      {"d M y", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia", ""},
	"pt":      {"d \\de M \\de y", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro", ""},
	"ro":      {"d M y", "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie", ""},
	"ru":      {"d M y г.", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря", ""},
	"sk":      {"d. M y", "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra", ""},
	"sl":      {"d. M y", "januar februar marec april maj junij julij avgust september oktober november december", ""},
	"sr":      {"d. M y.", "јануар фебруар март април мај јун јул август септембар октобар новембар децембар", ""},
	"sr-Latn": {"d. M y.", "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar", ""},
	"sv":      {"d M y", "januari februari mars april maj juni juli augusti september oktober november december", ""},
	"tr":      {"d M y", "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık", ""},
	"uk":      {"d M y р.", "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня", ""},
	"vi":      {"d tháng m, y", "", ""},
	"zh":      {"y年m月d日", "", ""},
	"zh-Hant": {"y年m月d日", "", ""},
}
