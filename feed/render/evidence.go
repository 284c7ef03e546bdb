package render

import (
	"strings"

	"seedfeed/feed"
)

// An EvidenceView tells where the date of an entry came from.
type EvidenceView struct {
	Text  string // "Dated from: dateline, year from the text"; "" where nothing is known
	Words string // that were read, as the document has them, or ""
	Lang  string // of Text, "" where it is the page's
	Dir   string
}

// evidenceOf tells of the date of an entry in the language of the page, or in
// English where the page's is not in the table.
func evidenceOf(e feed.Entry, p Page) EvidenceView {
	from := e.From.Published
	source := line(from.Source)
	if source == "" || e.Published.IsZero() {
		return EvidenceView{}
	}
	v := EvidenceView{Words: firstWords(line(from.Words))}
	words, known := evidenceWords[tableKey(p.Lang)]
	name := words.of(source)
	if !known || name == "" {
		words, name = evidenceIn{dated: "Dated from: ", inferred: "Date inferred from: "}, source
		if tableKey(p.Lang) != "en" {
			v.Lang, v.Dir = "en", "ltr"
		}
	}
	v.Text = words.dated + name
	if e.Inferred {
		v.Text = words.inferred + name
	}
	return v
}

// of returns the name of a source of evidence, or "" for one without a name.
func (w evidenceIn) of(source string) string {
	kind, detail, _ := strings.Cut(source, ", ")
	switch {
	case source == "file time":
		return w.fileTime
	case source == "file name":
		return w.fileName
	case source == "stamp line":
		return w.stamp
	case source == "end line":
		return w.endLine
	case source == "dateline":
		return w.dateline
	case kind == "dateline" && strings.Contains(detail, "file"): // its name, or its time
		return w.datelineFile
	case kind == "dateline":
		return w.datelineText
	case kind == "folder":
		return w.folder
	case strings.HasPrefix(source, "first seen"):
		return ""
	}
	return w.metadata // of which there are many names
}

// An evidenceIn is how a language tells of evidence. The English of the rest is
// that of the sources themselves, which says more.
type evidenceIn struct {
	dated, inferred string // what stands before the source
	metadata        string // what the document says of itself: front matter, a header, JSON-LD
	stamp           string // a line that has the date alone
	dateline        string
	datelineText    string // with the year from the text
	datelineFile    string // with the year from the name or the time of the file
	endLine         string
	fileName        string
	folder          string
	fileTime        string
}

// evidenceWords lists the languages that tell of evidence.
var evidenceWords = map[string]evidenceIn{
	"ar":      {"مصدر التاريخ: ", "التاريخ مستنتج من: ", "بيانات المستند الوصفية", "سطر التاريخ", "سطر المكان والتاريخ", "سطر المكان والتاريخ، والسنة من النص", "سطر المكان والتاريخ، والسنة من الملف", "سطر الختام", "اسم الملف", "المجلد", "وقت الملف"},
	"cs":      {"Zdroj data: ", "Datum odvozeno z: ", "metadata dokumentu", "řádek s datem", "úvodní řádek s místem a datem", "úvodní řádek s místem a datem, rok podle textu", "úvodní řádek s místem a datem, rok podle souboru", "závěrečný řádek", "název souboru", "složka", "čas souboru"},
	"da":      {"Datoens kilde: ", "Dato udledt af: ", "dokumentets metadata", "linje med dato", "sted- og datolinje", "sted- og datolinje, år fra teksten", "sted- og datolinje, år fra filen", "slutlinje", "filnavn", "mappe", "filens tidspunkt"},
	"de":      {"Datum nach: ", "Datum erschlossen aus: ", "Angaben des Dokuments", "Zeile mit dem Datum", "Ortsmarke", "Ortsmarke, Jahr aus dem Text", "Ortsmarke, Jahr nach der Datei", "Schlusszeile", "Dateiname", "Ordner", "Zeitstempel der Datei"},
	"es":      {"Fuente de la fecha: ", "Fecha deducida de: ", "metadatos del documento", "línea con la fecha", "data del despacho", "data del despacho, año según el texto", "data del despacho, año según el archivo", "línea final", "nombre del archivo", "carpeta", "hora del archivo"},
	"fr":      {"Source de la date : ", "Date déduite de : ", "métadonnées du document", "ligne de date", "lieu et date en tête de dépêche", "lieu et date en tête de dépêche, année d’après le texte", "lieu et date en tête de dépêche, année d’après le fichier", "ligne finale", "nom du fichier", "dossier", "heure du fichier"},
	"it":      {"Fonte della data: ", "Data dedotta da: ", "metadati del documento", "riga con la data", "luogo e data in testa al dispaccio", "luogo e data in testa al dispaccio, anno dal testo", "luogo e data in testa al dispaccio, anno dal file", "riga finale", "nome del file", "cartella", "ora del file"},
	"ja":      {"日付の出典：", "日付の推定元：", "文書のメタデータ", "日付の行", "発信地と日付の行", "発信地と日付の行、年は本文による", "発信地と日付の行、年はファイルによる", "末尾の行", "ファイル名", "フォルダー", "ファイルの日時"},
	"nb":      {"Datoens kilde: ", "Dato utledet av: ", "dokumentets metadata", "linje med dato", "steds- og datolinje", "steds- og datolinje, år fra teksten", "steds- og datolinje, år fra filen", "sluttlinje", "filnavn", "mappe", "filens tidspunkt"},
	"nl":      {"Bron van de datum: ", "Datum afgeleid uit: ", "metadata van het document", "regel met de datum", "plaats- en datumregel", "plaats- en datumregel, jaar uit de tekst", "plaats- en datumregel, jaar volgens het bestand", "slotregel", "bestandsnaam", "map", "bestandstijd"},
	"no":      {"Datoens kilde: ", "Dato utledet av: ", "dokumentets metadata", "linje med dato", "steds- og datolinje", "steds- og datolinje, år fra teksten", "steds- og datolinje, år fra filen", "sluttlinje", "filnavn", "mappe", "filens tidspunkt"},
	"pl":      {"Źródło daty: ", "Data ustalona na podstawie: ", "metadane dokumentu", "wiersz z datą", "miejsce i data na początku depeszy", "miejsce i data na początku depeszy, rok z tekstu", "miejsce i data na początku depeszy, rok z pliku", "wiersz końcowy", "nazwa pliku", "folder", "czas pliku"},
	"pt":      {"Fonte da data: ", "Data deduzida de: ", "metadados do documento", "linha com a data", "local e data no início do despacho", "local e data no início do despacho, ano segundo o texto", "local e data no início do despacho, ano segundo o ficheiro", "linha final", "nome do ficheiro", "pasta", "hora do ficheiro"},
	"ru":      {"Источник даты: ", "Дата предположена по источнику: ", "метаданные документа", "строка с датой", "место и дата в начале сообщения", "место и дата в начале сообщения, год из текста", "место и дата в начале сообщения, год по файлу", "последняя строка", "имя файла", "папка", "время файла"},
	"sv":      {"Datumets källa: ", "Datum härlett ur: ", "dokumentets metadata", "rad med datum", "ort- och datumrad", "ort- och datumrad, år ur texten", "ort- och datumrad, år enligt filen", "slutrad", "filnamn", "mapp", "filens tid"},
	"uk":      {"Джерело дати: ", "Дату припущено за джерелом: ", "метадані документа", "рядок із датою", "місце й дата на початку повідомлення", "місце й дата на початку повідомлення, рік із тексту", "місце й дата на початку повідомлення, рік за файлом", "останній рядок", "ім’я файлу", "тека", "час файлу"},
	"zh":      {"日期来源：", "日期推断自：", "文档元数据", "日期行", "电头", "电头，年份据正文", "电头，年份据文件", "结尾行", "文件名", "文件夹", "文件时间"},
	"zh-Hant": {"日期來源：", "日期推斷自：", "文件中繼資料", "日期行", "電頭", "電頭，年份據內文", "電頭，年份據檔案", "結尾行", "檔案名稱", "資料夾", "檔案時間"},
}
