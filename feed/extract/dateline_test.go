package extract

import (
	"strings"
	"testing"
)

// The dateline is not an answer of its own: what is read as one is seen best here,
// inside the package.

const lead = "The harbour board has met to look at the plans for a new quay, which is to cost nine millions."

func TestReadDateline(t *testing.T) {
	tests := []struct {
		in                  string
		place, date, agency string
	}{
		// with a date
		{"BAKU, Azerbaijan, February 14. " + lead, "BAKU, Azerbaijan", "--02-14", ""},
		{"SALVADOR, Feb 26 - " + lead, "SALVADOR", "--02-26", ""},
		{"RICHMOND, Va., March 5 - " + lead, "RICHMOND, Va.", "--03-05", ""},
		{"WHITE PLAINS, N.Y., March 5 - " + lead, "WHITE PLAINS, N.Y.", "--03-05", ""},
		{"ST. LOUIS, March 5 - " + lead, "ST. LOUIS", "--03-05", ""},
		{"SYDNEY, March 19 - 26 weeks ended on December 28", "SYDNEY", "--03-19", ""},
		{"Caracas, feb 26 - the harbour board met", "Caracas", "--02-26", ""},
		{"Lima, march 31 - the harbour board met", "Lima", "--03-31", ""},
		{"c LONDON, April 9 - " + lead, "LONDON", "--04-09", ""},
		{"BAKU. 3 July 2025. " + lead, "BAKU", "2025-07-03", ""},
		{"July 3, 2025, BAKU, Azerbaijan. " + lead, "BAKU, Azerbaijan", "2025-07-03", ""},
		{"HOUSTON, Jan 27 (Reuters) - " + lead, "HOUSTON", "--01-27", "Reuters"},
		{"Jan 3 (Reuters) - " + lead, "", "--01-03", "Reuters"},
		{"Jan. 12 (QuayDesk) - " + lead, "", "--01-12", "QuayDesk"},
		{"March 29, 2006 (The INTERNET).  " + lead, "", "2006-03-29", "The INTERNET"},
		{"STOCKHOLM, Aug 29, 2014 (AFP) - " + lead, "STOCKHOLM", "2014-08-29", "AFP"},
		{"Strasbourg, 10 juil 2024 (AFP) - " + lead, "Strasbourg", "2024-07-10", "AFP"},
		{"Strasbourg, 10 juil 2024 (AFP)", "Strasbourg", "2024-07-10", "AFP"},
		{"SEOUL, Nov 26 AFP - " + lead, "SEOUL", "--11-26", "AFP"},
		{"TOKYO, Jan. 5, Kyodo - " + lead, "TOKYO", "--01-05", "Kyodo"},
		{"Baku, February 14, AZERTAC", "Baku", "--02-14", "AZERTAC"},
		{"NEW YORK--(BUSINESS WIRE)--" + lead, "NEW YORK", "", "BUSINESS WIRE"},
		{"SYDNEY March 22 AAP - " + lead, "SYDNEY", "--03-22", "AAP"},
		{"HELSINKI, July 8 (Xinhua) -- " + lead, "HELSINKI", "--07-08", "Xinhua"},
		{"BEIJING, 10 août (Xinhua) -- " + lead, "BEIJING", "--08-10", "Xinhua"},
		{"LISBOA, 18 jun (Xinhua) -- " + lead, "LISBOA", "--06-18", "Xinhua"},
		{"MOSCOW, January 21. /TASS/. " + lead, "MOSCOW", "--01-21", "TASS"},
		{"ВАШИНГТОН, 22 января. /ТАСС/. Порт открыт.", "ВАШИНГТОН", "--01-22", "ТАСС"},
		{"МОСКВА, 27 сен — РИА Новости. Порт открыт.", "МОСКВА", "--09-27", "РИА Новости"},
		{"Nueva Delhi, 21 ene (EFE).- Un puerto", "Nueva Delhi", "--01-21", "EFE"},
		{"SAITAMA, Japan, Dec. 9 Kyodo - " + lead, "SAITAMA, Japan", "--12-09", "Kyodo"},
		{"(ANSA) - ROME, JUL 11 - " + lead, "ROME", "--07-11", "ANSA"},
		{"NEEDHAM, Mass., Sept. 19, 2025 /PRNewswire/ -- " + lead, "NEEDHAM, Mass.", "2025-09-19", "PRNewswire"},
		{"ينبع 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس", "ينبع", "2015-08-10", "واس"},
		{"الكويت - 12 - 3 (كونا) -- قال وزير الكهرباء ان الوزارة انجزت صيانة المحطات قبل الصيف", "الكويت", "--03-12", "كونا"},
		{"بغداد/ واع / افتتح الوزير اليوم المرفأ الجديد في المدينة بحضور عدد من المسؤولين وقال إن", "بغداد", "", "واع"},
		{"طرابلس 12 مارس 2025 (وال) - افتتح الوزير اليوم المرفأ الجديد", "طرابلس", "2025-03-12", "وال"},
		{"عمان 3 آذار (بترا) - بحث وزير الأشغال العامة سبل دعم المشاريع", "عمان", "--03-03", "بترا"},
		{"Berlin (ots) - " + lead, "Berlin", "", "ots"},
		{"Berlin (dts Nachrichtenagentur) - " + lead, "Berlin", "", "dts Nachrichtenagentur"},
		{"Berlin/München (afp) - " + lead, "Berlin/München", "", "afp"},
		{"BERLIN (dpa) - " + lead, "BERLIN", "", "dpa"},
		{"جدة 25 شوال 1436هـ الموافق 10 أغسطس 2015م واس", "جدة", "2015-08-10", "واس"},
		{"新华社北京8月29日电　港口开放。", "北京", "--08-29", "新华社"},
		{"新华社北京１０月２２日电（记者李明）港口开放。", "北京", "--10-22", "新华社"},
		{"【6月18日 AFP】港が開いた。", "", "--06-18", "AFP"},
		// without one
		{"WASHINGTON (Reuters) - " + lead, "WASHINGTON", "", "Reuters"},
		{"NEW YORK (AP) — " + lead, "NEW YORK", "", "AP"},
		{"FORT WASHINGTON, Pa. (AP) _ " + lead, "FORT WASHINGTON, Pa.", "", "AP"},
		{"HANOI, Vietnam (AP) — " + lead, "HANOI, Vietnam", "", "AP"},
		{"CHATHAM, Mass. (AP) _ A lobster died.", "CHATHAM, Mass.", "", "AP"},
		{"San Diego (tca/dpa) - " + lead, "San Diego", "", "tca/dpa"},
		{"København /ritzau/: " + lead, "København", "", "ritzau"},
		{"Landquart GR (ats) Un taureau a couru.", "Landquart GR", "", "ats"},
		{"Paris (ats afp) Les quais sont pleins.", "Paris", "", "ats afp"},
		{"Oslo (NTB): " + lead, "Oslo", "", "NTB"},
		{"(Reuters) — " + lead, "", "", "Reuters"},
		{"OTTAWA - " + lead, "OTTAWA", "", ""},
		{"SIOUX FALLS, S.D. – " + lead, "SIOUX FALLS, S.D.", "", ""},
		{"NEW DELHI: " + lead, "NEW DELHI", "", ""},
		{"BERLIN -- " + lead, "BERLIN", "", ""},
		{"Dekalb, Ill. — " + lead, "Dekalb, Ill.", "", ""},
		{"(서울=연합뉴스) 홍길동 기자 = 항구가 열렸다.", "서울", "", "연합뉴스"},
	}
	for _, tt := range tests {
		d, ok := readDateline(tt.in)
		if !ok {
			t.Errorf("readDateline(%q) found none", tt.in)
			continue
		}
		var day string
		if d.hasDate() {
			day = d.date.String()
		}
		if d.place != tt.place || day != tt.date || d.agency != tt.agency {
			t.Errorf("readDateline(%q) = %q, %q, %q, want %q, %q, %q", tt.in, d.place, day, d.agency, tt.place, tt.date, tt.agency)
		}
		if rest := tt.in[d.end:]; strings.HasSuffix(tt.in, lead) && rest != lead {
			t.Errorf("readDateline(%q): the story begins at %q", tt.in, rest)
		}
	}
}

func TestNoDateline(t *testing.T) {
	for _, in := range []string{
		"", "-", "(", "(AP", "BAKU", "BAKU,", "The lamp was lit.",
		"FOB RIVER - " + lead,
		"COPPER GRADE A - " + lead,
		"DEAR ABBY: " + lead,
		"Tested by: " + lead,
		"On March 3, the harbour board met.",
		"In London, March 4 was a quiet day.",
		"The agency (Reuters) - as " + lead,
		"Simple Harbour Kit (with Kids) - The Pier",
		"ALCO (AL) TO CLOSE ITS WEST GERMAN SMELTER",
		"SOUTH ISLES PLAN OIL EXPORT PIPELINE - SURVEY",
		"FOR RELEASE March 3, 2026",
		"EMBARGOED UNTIL 09:00 GMT, 4 September 2026",
		"DATELINE March 29, 2006",
		"Note: " + lead,
		"Euras/E. Porto/ " + lead, // a credit
		"الكويت - 12 - 13 (كونا) -- قال وزير الكهرباء ان",
		"UPDATE - " + lead,
		"2026-02-14 - first version",
		"BAKU, Azerbaijan, September 31. " + lead,
	} {
		if d, ok := readDateline(in); ok {
			t.Errorf("readDateline(%q) = %q, %v, %q", in, d.place, d.date, d.agency)
		}
	}
}

// A dateline may stand below a headline, a byline, subheads and notes.
func TestDatelineInTheHead(t *testing.T) {
	const dateline = "GENOA, Feb 11 (ANSA) - " + lead
	tests := []struct {
		name string
		head []string
		role role // of the last block before it
	}{
		{"none", nil, roleBody},
		{"headline", []string{"Harbour board meets"}, roleHeadline},
		{"byline", []string{"Harbour board meets", "By Ann Quay"}, roleByline},
		{"subhead", []string{"Harbour board meets", "The quay is to cost nine millions"}, roleSubhead},
		{"note", []string{"Harbour board meets", "(Adds comment)"}, roleNote},
		{"caption", []string{"Порт открыт", "Вид порта - РИА Новости, 1920, 23.09.2021"}, roleNote},
		{"stamp", []string{"Harbour board meets", "3 July 2025 14:20"}, roleStamp},
	}
	for _, tt := range tests {
		st := tell(&source{blocks: textBlocksOf(append(tt.head, dateline))})
		if st.at != len(tt.head) || st.lead != len(tt.head) || st.dateline.place != "GENOA" {
			t.Errorf("%s: dateline %q in block %d, story in block %d", tt.name, st.dateline.place, st.at, st.lead)
		}
		if n := len(tt.head); n > 0 && st.roles[n-1] != tt.role {
			t.Errorf("%s: role of %q = %d, want %d", tt.name, tt.head[n-1], st.roles[n-1], tt.role)
		}
	}
}

func textBlocksOf(lines []string) []block {
	blocks := make([]block, len(lines))
	for i, line := range lines {
		blocks[i].text = line
	}
	return blocks
}

func TestTablesAreSorted(t *testing.T) {
	for _, table := range [][]string{states[:], cities[:]} {
		for i := 1; i < len(table); i++ {
			if table[i-1] >= table[i] {
				t.Errorf("%q stands before %q", table[i-1], table[i])
			}
		}
	}
}
