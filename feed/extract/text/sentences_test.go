package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"seedfeed/feed/extract/text"
)

// Each row is a text whose sentences are divided by " | ".
var sentenceTests = []struct{ name, lang, want string }{
	{"two", "en", "The vote was close. | It passed by two."},
	{"question and exclamation", "en", "Who pays? | Nobody knows! | That is all."},
	{"a title", "en", "Gen. Miller met Sen. Ray. | Both smiled."},
	{"titles in a row", "en", "Lt. Gov. Dana Reyes and Rev. Poe spoke. | Dr. No did not."},
	{"a saint and a mountain", "en", "Rain fell on St. Paul and Mt. Hood. | It was cold."},
	{"initials", "en", "The author J. K. Marsh and George R. R. Hill read. | People came."},
	{"a country before a noun", "en", "The U.S. Senate voted. | It was late."},
	{"a country at the end", "en", "They left the U.S. | The flight was long."},
	{"a month", "en", "It opens on Dec. 4 in Paris. | Tickets cost $5."},
	{"a state", "en", "In Oakland, Calif. Police closed a bridge."},
	{"a state goes on", "en", "SIOUX FALLS, S.D. – Crews worked all night. | Power came back."},
	{"a company", "en", "Acme Corp. shares fell. | Bolt Inc. said nothing. | The board met."},
	{"a company at the end", "en", "He works for Acme Inc. | The pay is good."},
	{"a time", "en", "It starts at 8 a.m. Monday. | Doors open at 7 p.m. | The band plays later."},
	{"versus", "en", "It was Smith vs. Jones again. | Jones won."},
	{"a number", "en", "It is No. 5 on the list. | He said no. | Five more left."},
	{"a decimal", "en", "Prices rose 3.5 percent. | That is 0.2 more."},
	{"an ellipsis", "en", "He waited ... and waited. | Then he left... | Nobody saw it."},
	{"a quote goes on", "en", "“Who pays?” she asked. | “We do!” he said."},
	{"a straight quote goes on", "en", "\"Stop!\" he said. | \"Now.\" | They stopped."},
	{"a quote ends", "en", "He said: “It is over.” | Then he left."},
	{"single quotes", "en", "It was ‘a mess.’ | She left."},
	{"wire quotes", "en", "``We won't pay,'' he said. | ``That's final.'' | He left."},
	{"brackets", "en", "The plan (first seen in May.) is dead. | (See page 3.) | Next came lunch."},
	{"an address", "en", "Visit example.com or www.example.org. | It is free."},
	{"a share code", "en", "Evergreen (3333.HK) fell. | Trading stopped."},
	{"a company before a quote", "en", "He works for Acme Inc. | \"The pay is good,\" he said."},
	{"a company before a curly quote", "en", "He works for Acme Inc. | “The pay is good,” he said."},
	{"a name of a program", "en", "We use Node.JS here. | It ended. | A new one began."},
	{"a missing blank before an article", "en", "It ended.A new one began."},
	{"a volume at the end", "en", "It is the last vol. | Men left."},
	{"a missing blank", "en", "The vote passed.The mayor smiled."},
	{"an item's number", "en", "1. Wash the rice. | 2. Boil it."},
	{"lower case goes on", "en", "The firm called yahoo! did well. | It grew."},
	{"a letter at the end", "en", "They chose plan B. | The rest is known."},
	{"abbreviations in Latin", "en", "Fruit, e.g. apples, i.e. Malus, etc. are cheap. | Buy some."},
	{"a name with an exclamation", "en", "The report by E! News was wrong. | It was late."},
	{"a chapter", "en", "See Vol. II. | Read Art. 5 of it."},
	{"a king", "en", "Louis XIV ruled. | Henry VIII. was fat."},
	{"a name with an apostrophe", "en", "Mr. O’Neil met Rep. D’Amato. | They left."},
	{"a dash goes on", "en", "He stopped. – and went. | It rained."},
	{"an abbreviation in brackets", "en", "Acme (formerly Bolt Inc.) fell. | It rose."},
	{"a year in German", "de", "Das war 1999. | Der Krieg begann."},
	{"a time in Finnish", "fi", "Se alkaa klo 10. | Hän tulee."},
	{"a range of days in German", "de", "Vom 3. bis 5. März regnet es. | Dann nicht."},
	{"a law in German", "de", "Laut Art. 5 Abs. 3 gilt es. | Sonst nicht."},
	{"initials in Polish", "pl", "Przyszedł J. K. Nowak. | To koniec."},
	{"a number in French", "fr", "Le chap. 3 du t. II est long. | Il finit."},
	{"money in Swedish", "sv", "Det kostar 5 mkr. | Det är dyrt."},
	{"a doctor in Italian", "it", "La dott.ssa Neri e il sig. Verdi. | Non c’è altro."},
	{"a doctor in Turkish", "tr", "Bkz. Mah. Fatih ve Cad. Lale. | Bitti."},
	{"full stop in Hindi", "hi", "यह अच्छा है। | वह गया।"},
	{"a day", "en", "The talks resume Mon. Feb. 16. | They may fail."},
	{"a degree", "en", "She holds a Ph.D. from Leeds. | He does not."},
	{"an ordinal day", "de", "Am 14. Februar 2026 begann es. | Danach kam nichts."},
	{"an ordinal noun", "de", "Das 19. Jahrhundert war lang. | Es endete 1900. | Der Krieg kam später."},
	{"an ordinal king", "de", "Ludwig XIV. regierte lange. | Er starb 1715."},
	{"zum Beispiel", "de", "Es gibt z. B. Äpfel, d. h. Obst. | Birnen fehlen."},
	{"a title in German", "de", "Prof. Dr. Weber kam um 9 Uhr. | Er blieb nicht."},
	{"a number before a new sentence", "de", "Sie gewannen mit 3 zu 2. | Das Spiel war spannend."},
	{"millions", "de", "Es kostet 5 Mio. Euro. | Das ist viel."},
	{"quote in German", "de", "„Was nun?“, fragte er. | „Nichts.“ | Er ging."},
	{"monsieur", "fr", "M. Durand et Mme. Petit sont venus. | Ils sont repartis."},
	{"guillemets", "fr", "« C’est fini ! » a-t-il dit. | Puis il est parti."},
	{"guillemets at an end", "fr", "Il dit : « Bonjour. » | Elle part. | « Quoi ? » | Rien. | « Ah ! » crie-t-il. | Fin."},
	{"guillemets without an opening", "fr", "Il part. | » Elle reste."},
	{"a spaced ellipsis", "en", "It was . . . not so. . . . | The end. . . ."},
	{"a corporation in German", "de", "Die Fa. Meier GmbH & Co. KG zahlt. | Mehr nicht."},
	{"a president", "en", "Robert F. Kennedy Jr. spoke for the E.U. | How so?"},
	{"an article of law", "fr", "L’art. 5 est clair. | Le juge aussi."},
	{"señor", "es", "El Sr. Gómez llegó. | La Dra. Ruiz no. | ¿Quién falta?"},
	{"dollars", "es", "EE. UU. Unidos no es un país. | Es un error."},
	{"in Italian", "it", "Il dott. Rossi e l’on. Bianchi parlano. | La seduta è chiusa."},
	{"in Portuguese", "pt", "O Sr. Silva saiu. | A reunião acabou."},
	{"in Dutch", "nl", "Dhr. De Vries kwam. | Hij bleef, d.w.z. Jan ook. | Klaar."},
	{"in Swedish", "sv", "Det gäller bl.a. Volvo och t.ex. Saab. | Han log."},
	{"in Danish", "da", "Mødet er den 3. marts kl. 10. | Det er sent."},
	{"in Finnish", "fi", "Kokous on 14. helmikuuta. | Hän tulee."},
	{"in Polish", "pl", "Ul. Długa jest np. Długa. | Nie wiadomo."},
	{"in Czech", "cs", "Sešli se 14. února v Brně. | Ing. Novák mluvil."},
	{"in Russian", "ru", "В 2025 г. Москва росла. | Он живёт на ул. Ленина. | Это рядом."},
	{"initials in Russian", "ru", "Выступил А. С. Иванов. | Он был краток."},
	{"money in Russian", "ru", "Цена 5 тыс. руб. | Это много."},
	{"in Ukrainian", "uk", "Він мешкає на вул. Садовій. | Це поруч."},
	{"in Turkish", "tr", "Doç. Dr. Yılmaz geldi. | Bu yeterli."},
	{"in Greek", "el", "Ήρθε χθες. | Έφυγε σήμερα."},
	{"in Arabic", "ar", "وصل الوزير اليوم. | متى يغادر؟ | لا أحد يعلم."},
	{"in Chinese", "zh", "会议结束了。 | 谁赢了？ | 没有人知道！"},
	{"in Japanese", "ja", "会議は終わった。 | 「もう終わりだ。」と述べた。 | 誰も知らない。"},
	{"in Korean", "ko", "회의가 끝났다. | 누가 이겼나? | 모른다."},
	{"not known, a German day", "", "Am 14. Februar begann es. | Dann endete es."},
	{"not known, a year", "", "It was 1990. | The war ended."},
	{"a region in the tag", "en-US", "Gov. Reyes spoke. | Nobody listened."},
}

func TestSentences(t *testing.T) {
	for _, tt := range sentenceTests {
		want := strings.Split(tt.want, " | ")
		gap := " "
		if strings.HasPrefix(tt.lang, "zh") || tt.lang == "ja" {
			gap = ""
		}
		in := strings.Join(want, gap)
		var got []string
		for _, s := range text.Sentences(in, tt.lang) {
			got = append(got, strings.TrimSpace(s))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: Sentences(%q, %q)\n got %q\nwant %q", tt.name, in, tt.lang, got, want)
		}
	}
}

func TestSentencesAtLineEnds(t *testing.T) {
	got := text.Sentences("A headline with Gen.\nThe text starts. It ends.\n", "en")
	want := []string{"A headline with Gen.\n", "The text starts. ", "It ends.\n"}
	if !slices.Equal(got, want) {
		t.Errorf("Sentences = %q, want %q", got, want)
	}
}

func FuzzSentences(f *testing.F) {
	for _, tt := range sentenceTests {
		f.Add(strings.ReplaceAll(tt.want, " | ", " "), tt.lang)
	}
	f.Add("«!»»!»", "fr")
	f.Add("« a! »\n\n \nB", "fr")
	f.Add("。「。「", "ja")
	f.Add("\xff. \xffA", "")
	f.Fuzz(func(t *testing.T, s, lang string) {
		sentences := text.Sentences(s, lang)
		if got := strings.Join(sentences, ""); got != s {
			t.Fatalf("joined sentences = %q, want %q", got, s)
		}
		if slices.Contains(sentences, "") {
			t.Fatalf("an empty sentence in %q", sentences)
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	var story strings.Builder
	for _, tt := range sentenceTests[:29] {
		story.WriteString(strings.ReplaceAll(tt.want, " | ", " ") + " ")
	}
	s := story.String()
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		text.Sentences(s, "en")
	}
}

func ExampleSentences() {
	for _, s := range text.Sentences("Gen. Miller met Sen. Ray in the U.S. The talks failed.", "en") {
		fmt.Println(strings.TrimSpace(s))
	}
	// Output:
	// Gen. Miller met Sen. Ray in the U.S.
	// The talks failed.
}
