package text_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"seedfeed/feed/extract/text"
	"seedfeed/feed/internal/xmlchar"
)

// stories are short news texts, for the encodings of their languages.
var stories = map[string]string{
	"en": "The “final” offer was £30 a share – €35 for the rest, the board’s chairman said.\nShareholders will vote on it in May.\n",
	"fr": "Le président a déclaré à la presse que la réunion, prévue cet été, aurait lieu à Orléans.\nL’opposition a aussitôt protesté : « C’est une décision précipitée », a jugé son porte-parole.\n",
	"de": "Der Bürgermeister eröffnete am Samstag die neue Brücke über den Fluß. Für die Anwohner gibt es künftig weniger Lärm.\n",
	"es": "El ministro anunció el jueves que la inversión pública crecerá un cinco por ciento el próximo año.\n",
	"pl": "Rząd przyjął we wtorek projekt ustawy, która ułatwi życie małym przedsiębiorcom – poinformował rzecznik. Posłowie zajmą się nią w przyszłym tygodniu.\nWedług ministra zmiany wejdą w życie już jesienią, żeby firmy zdążyły się przygotować.\n",
	"cs": "Vláda v úterý schválila návrh zákona, který usnadní život malým podnikatelům. Poslanci ho začnou projednávat příští týden.\nZměny by podle ministra měly začít platit už na podzim.\n",
	"tr": "Bakanlık, yeni köprünün önümüzdeki yıl açılacağını duyurdu. Şehir içi ulaşım için ayrılan bütçe de artırılıyor.\nBaşkan, çalışmaların gecikmediğini söyledi.\n",
	"ru": "Министр сообщил журналистам, что переговоры продолжатся на следующей неделе. Решение ещё не принято.\nРанее стороны договорились об обмене данными.\n",
	"el": "Ο υπουργός δήλωσε ότι οι διαπραγματεύσεις θα συνεχιστούν την επόμενη εβδομάδα στην Αθήνα.\n",
	"he": "השר הודיע כי השיחות יימשכו בשבוע הבא. עדיין לא התקבלה החלטה בעניין התקציב של העיר.\n",
	"ar": "قال الوزير إن المحادثات ستستمر الأسبوع المقبل في العاصمة، ولم يتخذ أي قرار حتى الآن بشأن الميزانية.\n",
	"zh": "部长星期二对记者表示，谈判将于下周继续进行，目前尚未作出决定。双方此前已就数据交换达成一致。\n",
	"tw": "部長星期二對記者表示，談判將於下週繼續進行，目前尚未作出決定。雙方此前已就資料交換達成一致。\n",
	"ja": "大臣は火曜日、記者団に対し、協議は来週も続くと述べた。まだ何も決まっていないという。\n",
	"ko": "장관은 화요일 기자들에게 협상이 다음 주에도 계속될 것이라고 말했다. 아직 결정된 것은 없다.\n",
}

func encode(t testing.TB, name, s string) []byte {
	t.Helper()
	enc, _ := charset.Lookup(name)
	if enc == nil {
		t.Fatalf("no encoding %q", name)
	}
	out, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func TestDecodeFindsTheEncoding(t *testing.T) {
	tests := []struct{ lang, charset string }{
		{"en", "windows-1252"}, {"fr", "windows-1252"}, {"de", "windows-1252"}, {"es", "windows-1252"},
		{"pl", "windows-1250"}, {"cs", "windows-1250"}, {"tr", "windows-1254"},
		{"ru", "windows-1251"}, {"ru", "koi8-r"}, {"ru", "iso-8859-5"},
		{"el", "windows-1253"}, {"he", "windows-1255"}, {"ar", "windows-1256"}, {"ar", "iso-8859-6"},
		{"en", "macintosh"}, {"fr", "macintosh"}, {"de", "macintosh"}, {"es", "macintosh"}, {"ru", "ibm866"},
		{"zh", "gb18030"}, {"tw", "big5"}, {"ja", "shift_jis"}, {"ja", "euc-jp"}, {"ja", "iso-2022-jp"}, {"ko", "euc-kr"},
	}
	for _, tt := range tests {
		want := stories[tt.lang]
		for _, n := range []int{1, 8} {
			want := strings.Repeat(want, n)
			got, err := text.Decode(encode(t, tt.charset, want))
			if err != nil || got != want {
				t.Errorf("%s in %s, %d times: Decode = %.80q, %v, want %.80q", tt.lang, tt.charset, n, got, err, want)
			}
		}
	}
}

func TestDecodeWide(t *testing.T) {
	bom, no := unicode.UseBOM, unicode.IgnoreBOM
	for lang, want := range stories {
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			for _, mark := range []unicode.BOMPolicy{bom, no} {
				data, err := unicode.UTF16(order, mark).NewEncoder().Bytes([]byte(want))
				if err != nil {
					t.Fatal(err)
				}
				if got, err := text.Decode(data); err != nil || got != want {
					t.Errorf("%s, UTF-16 %v, mark %v: Decode = %.60q, %v", lang, order, mark, got, err)
				}
			}
		}
		for _, order := range []utf32.Endianness{utf32.LittleEndian, utf32.BigEndian} {
			for _, mark := range []utf32.BOMPolicy{utf32.UseBOM, utf32.IgnoreBOM} {
				data, err := utf32.UTF32(order, mark).NewEncoder().Bytes([]byte(want))
				if err != nil {
					t.Fatal(err)
				}
				if got, err := text.Decode(data); err != nil || got != want {
					t.Errorf("%s, UTF-32 %v, mark %v: Decode = %.60q, %v", lang, order, mark, got, err)
				}
			}
		}
	}
}

func TestDecode(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"a byte order mark", "\xef\xbb\xbfCafé", "Café"},
		{"line ends", "a\r\nb\rc\u0085d\u2028e\u2029f\fg\n\rh", "a\nb\nc\nd\ne\nf\ng\n\nh"},
		{"a new page", "a\fb", "a\nb"},
		{"NUL alone", "a\x00b", "ab"},
		{"a CR at the end", "a\r", "a\n"},
		{"wire controls and NUL", "\x01\x02BC\x00-US\x1f\x03", "BC-US"},
		{"one line of windows-1252 in UTF-8", "La fête à Orléans\nL\x92\xe9t\xe9 \x96 fini\n“Où ?”", "La fête à Orléans\nL’été – fini\n“Où ?”"},
		{"one line of UTF-8 in windows-1252", "La f\xeate \xe0 Orl\xe9ans\nL\x92\xe9t\xe9 \x96 fini\nSur les quais, d\xe9j\xe0\nCafé", "La fête à Orléans\nL’été – fini\nSur les quais, déjà\nCafé"},
		{"one word in another encoding", "“Ça” a été d\xe9j\xe0 vu, à l’été", "“Ça” a été déjà vu, à l’été"},
		{"surrogates, a pair and a half", "“ok” \xed\xa0\xbd\xed\xb8\x80 end\xed\xa0\xbd", "“ok” 😀 end"},
		{"quotes alone", "He said \x93yes\x94.", "He said “yes”."},
		{"the euro", "It cost \x805 million.", "It cost €5 million."},
		{"a mark within", "a\ufeffb", "ab"},
		{"mended behind a mark", "\xef\xbb\xbf“Café” caf\xe9", "“Café” café"},
		{"torn at the end", "“Café” à la\xe2\x80", "“Café” à la"},
		{"torn in a character of four bytes", "😀 😀 \xf0\x9f\x98", "😀 😀 "},
		{"an accent at the end", "Un caf\xe9", "Un café"},
		{"a single bad byte", "\xff", "ÿ"},
	}
	for _, tt := range tests {
		got, err := text.Decode([]byte(tt.in))
		if err != nil || got != tt.want {
			t.Errorf("%s: Decode(%q) = %q, %v, want %q", tt.name, tt.in, got, err, tt.want)
		}
	}
}

func TestDecodeRawKeepsControls(t *testing.T) {
	got, err := text.DecodeRaw([]byte("\x01z9631\x1f_\r\n\x02\x00Caf\xe9, d\xe9j\xe0 vu\x03\r\n"))
	if want := "\x01z9631\x1f_\n\x02Café, déjà vu\x03\n"; err != nil || got != want {
		t.Errorf("DecodeRaw = %q, %v, want %q", got, err, want)
	}
}

func TestDecodeRefusesBinaries(t *testing.T) {
	random := make([]byte, 4096)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	tests := map[string][]byte{
		"PDF":     []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
		"PNG":     []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"ZIP":     []byte("PK\x03\x04\x14\x00\x06\x00\x08\x00"),
		"ELF":     append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 64)...),
		"JPEG":    []byte("\xff\xd8\xff\xe0\x00\x10JFIF"),
		"a sound": []byte("RIFF\x24\x08\x00\x00WAVEfmt "),
		"zeros":   make([]byte, 512),
		"random":  random,
	}
	for name, data := range tests {
		if got, err := text.Decode(data); !errors.Is(err, text.ErrBinary) {
			t.Errorf("%s: Decode = %.40q, %v, want ErrBinary", name, got, err)
		}
		if got, err := text.DecodeHTML(data); !errors.Is(err, text.ErrBinary) {
			t.Errorf("%s: DecodeHTML = %.40q, %v, want ErrBinary", name, got, err)
		}
	}
	if got, want := text.ErrBinary.Error(), "not text: a binary file"; got != want {
		t.Errorf("ErrBinary = %q, want %q", got, want)
	}
}

func TestDecodeHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"meta charset", "<meta charset=windows-1251><p>\xc4\xe0", "<meta charset=windows-1251><p>Да"},
		{"http-equiv", `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>` + "\xb6", `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>ś`},
		{"XML declaration", `<?xml version="1.0" encoding="KOI8-R"?><p>` + "\xe4\xc1", `<?xml version="1.0" encoding="KOI8-R"?><p>Да`},
		{"a lie over UTF-8", "<meta charset=iso-8859-1><p>Café", "<meta charset=iso-8859-1><p>Café"},
		{"a lie over UTF-8 that is spoiled", "<meta charset=iso-8859-1><p>Café, déjà \xe9t\xe9.", "<meta charset=iso-8859-1><p>Café, déjà été."},
		{"a lie over windows-1252", "<meta charset=utf-8><p>Caf\xe9 d\xe9j\xe0", "<meta charset=utf-8><p>Café déjà"},
		{"an unknown name", "<meta charset=klingon><p>Caf\xe9 d\xe9j\xe0", "<meta charset=klingon><p>Café déjà"},
		{"UTF-16, written in ASCII", "<meta charset=utf-16><p>Caf\xe9 d\xe9j\xe0", "<meta charset=utf-16><p>Café déjà"},
		{"an encoding that it cannot be", "<meta charset=euc-kr><p>Caf\xe9 d\xe9j\xe0 \xff\xff\xff", "<meta charset=euc-kr><p>Café déjà ÿÿÿ"},
		{"spoiled declarations", "<?xml version=1.0 encoding?><meta http-equiv=refresh content='charset=koi8-r'><p>Caf\xe9 d\xe9j\xe0", "<?xml version=1.0 encoding?><meta http-equiv=refresh content='charset=koi8-r'><p>Café déjà"},
		{"a mark before all", "\xff\xfe<\x00p\x00>\x00\xe9\x00", "<p>é"},
		{"none", "<p>Caf\xe9 d\xe9j\xe0\r\n", "<p>Café déjà\n"},
	}
	for _, tt := range tests {
		got, err := text.DecodeHTML([]byte(tt.in))
		if err != nil || got != tt.want {
			t.Errorf("%s: DecodeHTML(%q) = %q, %v, want %q", tt.name, tt.in, got, err, tt.want)
		}
	}
}

func ExampleDecode() {
	s, err := text.Decode([]byte("L\x92\xe9t\xe9 \x96 fini\r\n"))
	fmt.Printf("%q %v\n", s, err)
	_, err = text.Decode([]byte("%PDF-1.7\n"))
	fmt.Println(err)
	// Output:
	// "L’été – fini\n" <nil>
	// not text: a binary file
}

func FuzzDecode(f *testing.F) {
	for _, s := range stories {
		f.Add([]byte(s))
	}
	f.Add(encode(f, "windows-1251", stories["ru"]))
	f.Add(encode(f, "shift_jis", stories["ja"]))
	f.Add([]byte("\xff\xfe\x00\xd8a"))
	f.Add([]byte("\x00\x00\xfe\xff\x00\x11\x00\x00"))
	f.Add([]byte("<meta charset=utf-16><p>\xe9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, decode := range map[string]func([]byte) (string, error){"Decode": text.Decode, "DecodeHTML": text.DecodeHTML} {
			got, err := decode(data)
			if err != nil && !errors.Is(err, text.ErrBinary) {
				t.Fatalf("%s(%q): %v", name, data, err)
			}
			if !utf8.ValidString(got) || xmlchar.Clean(got) != got || strings.ContainsAny(got, "\r\u2028") {
				t.Fatalf("%s(%q) = %q is not clean", name, data, got)
			}
			if again, _ := decode(data); again != got {
				t.Fatalf("%s(%q) = %q, then %q", name, data, got, again)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for name, data := range map[string][]byte{
		"utf-8":        []byte(strings.Repeat(stories["fr"], 16)),
		"windows-1252": encode(b, "windows-1252", strings.Repeat(stories["fr"], 16)),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := text.Decode(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
