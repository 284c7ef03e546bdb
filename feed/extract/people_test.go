package extract_test

import (
	"strings"
	"testing"

	"seedfeed/feed"
	"seedfeed/feed/extract"
)

func authorNames(e feed.Entry) string {
	names := make([]string, len(e.Authors))
	for i, a := range e.Authors {
		names[i] = a.Name
	}
	return strings.Join(names, "; ")
}

func TestAuthors(t *testing.T) {
	const dateline = "GENOA, Feb 11 (ANSA) - " + quayBody
	tests := []struct{ name, body, want, from string }{
		{"byline", "Harbour board meets\nBy Ann Quay\n\n" + dateline, "Ann Quay", "byline"},
		{"two", "Harbour board meets\nBy Ann Quay and Tom de la Mar\n\n" + dateline, "Ann Quay; Tom de la Mar", "byline"},
		{"with agency", "Harbour board meets\nBy Ann Quay, Reuters\n\nGENOA, Feb 11 - " + quayBody, "Ann Quay", "byline"},
		{"in capitals", "Harbour board meets\nBy ANN O'QUAY and TOM SMITH-MAR\n\n" + dateline, "Ann O'Quay; Tom Smith-Mar", "byline"},
		{"German", "Rat tagt\nVon Hanna Meer, dpa =\n\nHamburg (dpa) - Der Rat hat getagt.", "Hanna Meer", "byline"},
		{"agency alone", "Harbour board meets\nBy The Associated Press\n\nGENOA (AP) — " + quayBody, "", ""},
		{"headline that looks like one", "Von der Leyen gewinnt\n\nHamburg (dpa) - Die Wahl ist vorbei.", "", ""},
		{"sentence that looks like one", "By night the lamp of the pier burns.\n\n" + quayBody, "", ""},
		{"Arabic city and author", "افتتاح رصيف جديد\nالدمام: ميرزا الخويلدي\n\nافتتح المحافظ رصيفاً جديداً في الميناء يستقبل السفن الكبيرة من دول البحر الأحمر.", "ميرزا الخويلدي", "byline"},
		{"reporter behind a dateline", "新华社北京8月29日电（记者李明、王芳）港口新码头29日投入使用。", "李明; 王芳", "dateline"},
		{"credit below", dateline + "\n\n(Reporting by Tom Perry in Genoa, editing by Sue Short)", "Tom Perry", "credit below the story"},
		{"mail", "From: \"Jane Doe\" <jane@example.org>\nSubject: Quay\n\n" + quayBody, "Jane Doe", "header From"},
		{"mail of the eighties", "From: jane@example.org (Jane Doe)\nSubject: Quay\n\n" + quayBody, "Jane Doe", "header From"},
		{"mail without a name", "From: jane@example.org\nSubject: Quay\n\n" + quayBody, "jane", "header From"},
		{"front matter", "---\nauthor: [Jane Doe, John Roe, jane doe]\n---\nHarbour board meets\nBy Ann Quay\n\n" + dateline, "Jane Doe; John Roe", "front matter"},
	}
	for _, tt := range tests {
		e := extractText(t, tt.body)
		if got := authorNames(e); got != tt.want || e.From.Authors.Source != tt.from {
			t.Errorf("%s: authors %q from the %q, want %q from the %q", tt.name, got, e.From.Authors.Source, tt.want, tt.from)
		}
		for _, a := range e.Authors {
			if strings.HasPrefix(tt.from, "header") && a.Email != "" {
				t.Errorf("%s: the address %q was not given to the public", tt.name, a.Email)
			}
		}
	}
}

func TestAgencyAndPlace(t *testing.T) {
	tests := []struct{ name, body, agency, place, from string }{
		{"dateline", "HOUSTON, Jan 27 (Reuters) - " + quayBody, "Reuters", "HOUSTON", "dateline"},
		{"two services", "San Diego (tca/dpa) - " + quayBody, "dpa", "San Diego", "dateline"},
		{"release", "NEEDHAM, Mass., Sept. 19, 2025 /PRNewswire/ -- " + quayBody, "PR Newswire", "NEEDHAM, Mass.", "dateline"},
		{"end mark", "PARIS, March 3 - " + quayBody + " Reuter", "Reuters", "PARIS", "end mark"},
		{"end mark on a line", "SAITAMA, Japan, March 3 - " + quayBody + "\n\n==Kyodo", "Kyodo", "SAITAMA, Japan", "end mark"},
		{"attribution", "BAKU, Azerbaijan, March 3. The harbour board met, Trend reports.", "Trend", "BAKU, Azerbaijan", "attribution"},
		{"attribution, verb first", "BAKU, Azerbaijan, March 3. The harbour board met, reports AZERTAC.", "AZERTAC", "BAKU, Azerbaijan", "attribution"},
		{"who was told", "GENOA, March 3 - The board will meet, its head told Reuters. " + quayBody, "", "GENOA", ""},
		{"byline", "Harbour board meets\nBy Ann Quay, Reuters\n\nGENOA, March 3 - " + quayBody, "", "GENOA", ""},
		{"front matter", "---\nagency: Quay News\nplace: Genoa\n---\nHOUSTON, Jan 27 (Reuters) - " + quayBody, "Quay News", "Genoa", "front matter"},
		{"front matter with a dateline", "---\ndateline: \"GENOA, March 3 (ANSA) -\"\n---\n" + quayBody, "", "GENOA", ""},
	}
	for _, tt := range tests {
		e := extractText(t, tt.body)
		if tt.name == "byline" {
			tt.agency, tt.from = "Reuters", "byline"
		}
		if e.Agency != tt.agency || e.Place != tt.place || e.From.Agency.Source != tt.from {
			t.Errorf("%s: %q from the %q, in %q, want %q from the %q, in %q", tt.name, e.Agency, e.From.Agency.Source, e.Place, tt.agency, tt.from, tt.place)
		}
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ name, body, want, from string }{
		{"English", quayBody, "en", "text"},
		{"German", "Der Rat des Hafens hat sich mit den Plänen für einen neuen Kai befasst, der neun Millionen kosten soll.", "de", "text"},
		{"French", "Le conseil du port a examiné les plans d'un nouveau quai, qui doit coûter neuf millions et ne sera pas prêt avant la fin de l'année.", "fr", "text"},
		{"Spanish", "El consejo del puerto examinó los planes de un nuevo muelle, que costará nueve millones y no estará listo para el fin del año.", "es", "text"},
		{"Portuguese", "O conselho do porto examinou os planos de um novo cais, que vai custar nove milhões e não estará pronto até ao fim do ano.", "pt", "text"},
		{"Italian", "Il consiglio del porto ha esaminato i piani di un nuovo molo, che costerà nove milioni e non sarà pronto per la fine dell'anno.", "it", "text"},
		{"Dutch", "Het bestuur van de haven heeft de plannen voor een nieuwe kade bekeken, die negen miljoen gaat kosten en niet voor het einde van het jaar klaar is.", "nl", "text"},
		{"Swedish", "Hamnens styrelse har tittat på planerna för en ny kaj som ska kosta nio miljoner och inte blir klar förrän i slutet av året.", "sv", "text"},
		{"Norwegian", "Styret i havnen har sett på planene for en ny kai som skal koste ni millioner, og som ikke blir ferdig før etter nyttår. Det er for dyrt, sier folk i byen nå.", "no", "text"},
		{"Danish", "Havnens bestyrelse har set på planerne for en ny kaj, som skal koste ni millioner, og som ikke bliver færdig før efter nytår. Det er for dyrt, siger folk i byen nu.", "da", "text"},
		{"Polish", "Rada portu zapoznała się z planami nowego nabrzeża, które ma kosztować wiele pieniędzy i nie będzie gotowe do końca roku.", "pl", "text"},
		{"Turkish", "Liman kurulu, dokuz milyona mal olacak ve yıl sonuna kadar hazır olmayacak yeni bir rıhtım için planları ve bu yılki bütçeyi inceledi.", "tr", "text"},
		{"Russian", "Совет порта рассмотрел планы нового причала, который будет стоить девять миллионов и не будет готов к концу года.", "ru", "text"},
		{"Ukrainian", "Рада порту розглянула плани нового причалу, який коштуватиме дев'ять мільйонів і не буде готовий до кінця року.", "uk", "text"},
		{"Arabic", "افتتح محافظ ينبع اليوم رصيفاً جديداً في الميناء يستقبل السفن الكبيرة من دول البحر الأحمر.", "ar", "text"},
		{"Persian", "شورای بندر درباره ساخت یک اسکله جدید گفتگو کرد که نه میلیون هزینه دارد و تا پایان سال آماده نیست.", "fa", "text"},
		{"Chinese", "港口新码头投入使用，首日迎来三艘货轮。", "zh", "text"},
		{"Japanese", "港の新しい埠頭が使われ始め、初日に三隻の貨物船が着いた。", "ja", "text"},
		{"Korean", "항구의 새 부두가 문을 열었고 첫날 화물선 세 척이 들어왔다.", "ko", "text"},
		{"Thai", "ท่าเรือใหม่เปิดให้บริการแล้ว และมีเรือสินค้าสามลำเข้ามาในวันแรก", "th", "text"},
		{"Greek", "Το συμβούλιο του λιμανιού εξέτασε τα σχέδια.", "el", "text"},
		{"too short", "Lamp lit.", "pt", "site"},
		{"numbers", "1 2 3 4 5", "pt", "site"},
		{"stated", "---\nlang: nl-BE\n---\n" + quayBody, "nl-BE", "front matter"},
		{"stated, no tag", "---\nlang: English please\n---\n" + quayBody, "en", "text"},
	}
	x := extract.New(extract.Options{Language: "pt"})
	for _, tt := range tests {
		e, err := x.Extract(feed.Document{Path: "a.txt", ModTime: fileTime, Data: []byte(tt.body)})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if e.Language != tt.want || e.From.Language.Source != tt.from {
			t.Errorf("%s: %q from the %q, want %q from the %q", tt.name, e.Language, e.From.Language.Source, tt.want, tt.from)
		}
	}
}
