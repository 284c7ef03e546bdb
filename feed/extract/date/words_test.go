package date_test

import (
	"strings"
	"testing"
	"time"

	"seedfeed/feed/extract/date"
)

// months has the twelve names of each language as dates have them, and the short
// forms.
var months = map[string]string{
	"en":         "January February March April May June July August September October November December",
	"en, short":  "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
	"de":         "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
	"de-AT":      "Jänner Feber März April Mai Juni Juli August September Oktober November Dezember",
	"de, short":  "Jan. Febr. Mrz. Apr. Mai Jun. Jul. Aug. Sept. Okt. Nov. Dez.",
	"fr":         "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
	"fr, short":  "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
	"fr, plain":  "JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE",
	"es":         "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"es, short":  "ene feb mar abr may jun jul ago sep oct nov dic",
	"it":         "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"it, short":  "GEN FEB MAR APR MAG GIU LUG AGO SET OTT NOV DIC",
	"pt":         "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	"pt, short":  "jan fev mar abr mai jun jul ago set out nov dez",
	"ca":         "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
	"nl":         "januari februari maart april mei juni juli augustus september oktober november december",
	"nl, short":  "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
	"sv":         "januari februari mars april maj juni juli augusti september oktober november december",
	"da":         "januar februar marts april maj juni juli august september oktober november december",
	"nb":         "januar februar mars april mai juni juli august september oktober november desember",
	"nb, short":  "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
	"fi":         "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
	"pl":         "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
	"pl, short":  "sty lut mar kwi maj cze lip sie wrz paź lis gru",
	"cs":         "ledna února března dubna května června července srpna září října listopadu prosince",
	"sk":         "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
	"hr":         "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna oktobra studenoga prosinca",
	"sl":         "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
	"is":         "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
	"et":         "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
	"az":         "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
	"uz":         "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
	"be":         "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
	"sr":         "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
	"hu":         "január február március április május június július augusztus szeptember október november december",
	"ro":         "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
	"tr":         "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
	"tr, upper":  "OCAK ŞUBAT MART NİSAN MAYIS HAZİRAN TEMMUZ AĞUSTOS EYLÜL EKİM KASIM ARALIK",
	"id":         "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
	"el":         "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
	"el, upper":  "ΙΑΝΟΥΑΡΊΟΥ ΦΕΒΡΟΥΑΡΊΟΥ ΜΑΡΤΊΟΥ ΑΠΡΙΛΊΟΥ ΜΑΪΟΥ ΙΟΥΝΊΟΥ ΙΟΥΛΊΟΥ ΑΥΓΟΎΣΤΟΥ ΣΕΠΤΕΜΒΡΊΟΥ ΟΚΤΩΒΡΊΟΥ ΝΟΕΜΒΡΊΟΥ ΔΕΚΕΜΒΡΊΟΥ",
	"ru":         "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
	"ru, short":  "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
	"uk":         "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
	"bg":         "януари февруари март април май юни юли август септември октомври ноември декември",
	"ar":         "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	"ar, bare":   "يناير فبراير مارس ابريل مايو يونيه يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
	"ar, Levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
	"ar, Tunis":  "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
	"ar, Rabat":  "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
	"he":         "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}

func TestMonths(t *testing.T) {
	for lang, names := range months {
		fields := strings.Fields(names)
		if len(fields) != 12 {
			t.Fatalf("%s has %d months", lang, len(fields))
		}
		for i, name := range fields {
			name = strings.ReplaceAll(name, "_", " ")
			for _, in := range []string{"14 " + name + " 2026", "(14th " + name + " 2026)", "14 " + name + " - text"} {
				got := date.Find(in)
				if len(got) != 1 || got[0].Month != time.Month(i+1) || got[0].Day != 14 {
					t.Errorf("%s: Find(%q) = %v, want month %d", lang, in, got, i+1)
				}
			}
		}
	}
}

// weekdays has the names of the days, Monday first, as they stand before dates.
var weekdays = map[string]string{
	"en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
	"de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
	"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
	"es": "lunes martes miércoles jueves viernes sábado domingo",
	"it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
	"pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
	"nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
	"sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
	"da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
	"fi": "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
	"pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
	"cs": "pondělí úterý středa čtvrtek pátek sobota neděle",
	"hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
	"ro": "luni marți miercuri joi vineri sâmbătă duminică",
	"el": "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή",
	"ru": "понедельник вторник среда четверг пятница суббота воскресенье",
	"uk": "понеділок вівторок середа четвер п'ятниця субота неділя",
	"ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}

func TestWeekdays(t *testing.T) {
	for lang, names := range weekdays {
		fields := strings.Fields(names)
		if len(fields) != 7 {
			t.Fatalf("%s has %d weekdays", lang, len(fields))
		}
		for i, name := range fields {
			in := name + ", 14 " + strings.Fields(months[lang])[1] + " 2026"
			got := date.Find(in)
			if want := (i + 1) % 7; len(got) != 1 || got[0].Weekday != want || got[0].Start != 0 {
				t.Errorf("%s: Find(%q) = %+v, want the weekday %d", lang, in, got, want)
			}
		}
	}
	for i, sign := range strings.Split("日一二三四五六", "") {
		for _, name := range []string{"星期" + sign, "周" + sign, "（週" + sign + "）"} {
			if got := date.Find("2026年2月14日" + name); len(got) != 1 || got[0].Weekday != i {
				t.Errorf("%s: %+v, want the weekday %d", name, got, i)
			}
		}
	}
	for i := range 7 {
		ja, ko := strings.Split("日月火水木金土", "")[i], strings.Split("일월화수목금토", "")[i]
		for _, in := range []string{"2月14日（" + ja + "）", "2月14日" + ja + "曜日", "2월 14일(" + ko + ")", "2월 14일 " + ko + "요일"} {
			if got := date.Find(in); len(got) != 1 || got[0].Weekday != i {
				t.Errorf("Find(%q) = %+v, want the weekday %d", in, got, i)
			}
		}
	}
}

func TestZones(t *testing.T) {
	for zone, hours := range map[string]int{
		"GMT": 0, "UTC": 0, "Z": 0, "ت غ": 0, "ت م": 0, "CET": 1, "MEZ": 1, "BST": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3,
		"GST": 4, "PKT": 5, "WIB": 7, "HKT": 8, "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "AST": -4, "EDT": -4,
		"EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "ET": -5, "CT": -6, "MT": -7, "PT": -8,
		"UTC+3": 3, "GMT-4": -4, "GMT+0400": 4, "+11:00": 11, "-1100": -11, "−03:00": -3, "(UTC+08:00)": 8, "(JST)": 9,
	} {
		in := "14 February 2026 10:15 " + zone
		got := date.Find(in)
		if len(got) != 1 || !got[0].Zone || got[0].Offset != hours*3600 || got[0].End != len(in) {
			t.Errorf("Find(%q) = %+v, want %d hours", in, got, hours)
		}
	}
	for _, zone := range []string{"IST", "CST", "XYZ", "(Reuters)", "GM", "+99:00", "+", "+x", "+123", "Zulu", "UTC2"} {
		if got := date.Find("14 February 2026 10:15 " + zone); len(got) != 1 || got[0].Zone {
			t.Errorf("%s: %+v, want no zone", zone, got)
		}
	}
}

func TestClocks(t *testing.T) {
	for clock, want := range map[string]string{
		"14:20": "14:20:00", "14:20:05": "14:20:05", "9:05": "09:05:00", "14h20": "14:20:00", "14 h 20": "14:20:00", "14h": "14:00:00",
		"14.20 Uhr": "14:20:00", "kl. 14.20": "14:20:00", "klo 9.05": "09:05:00", "14 Uhr": "14:00:00", "2 p.m.": "14:00:00", "2:20 pm": "14:20:00",
		"12:05 AM": "00:05:00", "2:20 م": "14:20:00", "9:05 ص": "09:05:00", "上午9点": "09:00:00", "下午2点20分": "14:20:00",
		"午後2時20分": "14:20:00", "14时20分": "14:20:00", "오후 2시 20분": "14:20:00", "오전 9시": "09:00:00", "0905 GMT": "09:05:00", "9.05 GMT": "09:05:00", "14.20 CET": "14:20:00",
	} {
		for _, in := range []string{"2026-02-14 " + clock, "14 February 2026, " + clock} {
			got := date.Find(in)
			if len(got) != 1 || !got[0].Clock || !strings.HasPrefix(got[0].String(), "2026-02-14T"+want) || got[0].End != len(in) {
				t.Errorf("Find(%q) = %v, want %s", in, got, want)
			}
		}
	}
	for _, clock := range []string{"14.20", "24:20", "9:60", "13 pm", "14", "2", "1405", "2560 GMT", "9:5"} {
		if got := date.Find("14 February 2026, " + clock); len(got) != 1 || got[0].Clock {
			t.Errorf("%q: %v, want no time", clock, got)
		}
	}
}

func TestEras(t *testing.T) {
	for in, want := range map[string]string{
		"令和8年2月14日": "2026-02-14", "平成31年4月30日": "2019-04-30", "昭和64年1月7日": "1989-01-07", "大正15年12月25日": "1926-12-25",
		"明治45年7月30日": "1912-07-30", "民國115年2月14日": "2026-02-14", "令和元年五月一日": "2019-05-01",
	} {
		got := date.Find(in)
		if len(got) != 1 || got[0].String() != want || got[0].Start != 0 {
			t.Errorf("Find(%q) = %v, want %s", in, got, want)
		}
	}
}
