package render

// Words are the words of the pages themselves.
type Words struct {
	Skip      string // the link over the navigation to the text
	Sections  string
	Feeds     string // heads the list of feeds to subscribe to
	AllFeeds  string
	Updated   string // before a date
	Topics    string
	Path      string // names the way back to the sections
	Empty     string
	Authors   string
	Archive   string // heads the list of months
	Older     string // the entry or the month before
	Newer     string
	Files     string // heads the files that belong to an entry
	Languages string // heads the list of languages
}

func english() Words { return pageWords["en"] }

// wordsOf returns the words in a language, and false where it is not in the
// table.
func wordsOf(lang string) (Words, bool) {
	w, ok := pageWords[tableKey(lang)]
	return w, ok
}

// pageWords lists the languages that pages speak.
var pageWords = map[string]Words{
	"ar":      {"انتقل إلى المحتوى", "الأقسام", "اشترك", "كل الخلاصات", "آخر تحديث", "المواضيع", "المسار", "لم يُنشر شيء بعد.", "الكتّاب", "الأرشيف", "الأقدم", "الأحدث", "الملفات", "اللغات"},
	"az":      {"Məzmuna keç", "Bölmələr", "Abunə ol", "Bütün lentlər", "Yenilənib", "Mövzular", "Yol", "Hələ heç nə dərc olunmayıb.", "Müəlliflər", "Arxiv", "Əvvəlki", "Sonrakı", "Fayllar", "Dillər"},
	"cs":      {"Přejít k obsahu", "Rubriky", "Odebírat", "Všechny kanály", "Aktualizováno", "Témata", "Cesta", "Zatím nic nevyšlo.", "Autoři", "Archiv", "Starší", "Novější", "Soubory", "Jazyky"},
	"da":      {"Gå til indhold", "Sektioner", "Abonnér", "Alle feeds", "Opdateret", "Emner", "Sti", "Der er endnu ikke udgivet noget.", "Forfattere", "Arkiv", "Ældre", "Nyere", "Filer", "Sprog"},
	"de":      {"Zum Inhalt", "Ressorts", "Abonnieren", "Alle Feeds", "Aktualisiert", "Themen", "Pfad", "Noch ist nichts erschienen.", "Autoren", "Archiv", "Älter", "Neuer", "Dateien", "Sprachen"},
	"el":      {"Μετάβαση στο περιεχόμενο", "Ενότητες", "Εγγραφή", "Όλες οι ροές", "Ενημερώθηκε", "Θέματα", "Διαδρομή", "Δεν έχει δημοσιευτεί ακόμη τίποτα.", "Συντάκτες", "Αρχείο", "Παλαιότερα", "Νεότερα", "Συνημμένα", "Γλώσσες"},
	"en":      {"Skip to content", "Sections", "Subscribe", "All feeds", "Updated", "Topics", "Path", "Nothing has been published yet.", "Authors", "Archive", "Older", "Newer", "Files", "Languages"},
	"es":      {"Ir al contenido", "Secciones", "Suscribirse", "Todos los canales", "Actualizado", "Temas", "Ruta", "Todavía no se ha publicado nada.", "Autores", "Archivo", "Anterior", "Siguiente", "Documentos adjuntos", "Idiomas"},
	"fa":      {"رفتن به محتوا", "بخش\u200cها", "اشتراک", "همهٔ خوراک\u200cها", "به\u200cروزرسانی", "موضوع\u200cها", "مسیر", "هنوز چیزی منتشر نشده است.", "نویسندگان", "بایگانی", "قدیمی\u200cتر", "جدیدتر", "پرونده\u200cها", "زبان\u200cها"},
	"fi":      {"Siirry sisältöön", "Osastot", "Tilaa", "Kaikki syötteet", "Päivitetty", "Aiheet", "Polku", "Mitään ei ole vielä julkaistu.", "Kirjoittajat", "Arkisto", "Vanhempi", "Uudempi", "Tiedostot", "Kielet"},
	"fr":      {"Aller au contenu", "Rubriques", "S’abonner", "Tous les flux", "Mis à jour", "Thèmes", "Chemin", "Rien n’a encore été publié.", "Auteurs", "Archives", "Plus ancien", "Plus récent", "Fichiers", "Langues"},
	"he":      {"דילוג לתוכן", "מדורים", "הרשמה", "כל ההזנות", "עודכן", "נושאים", "נתיב", "עדיין לא פורסם דבר.", "כותבים", "ארכיון", "ישן יותר", "חדש יותר", "קבצים", "שפות"},
	"hi":      {"मुख्य सामग्री पर जाएँ", "अनुभाग", "सदस्यता लें", "सभी फ़ीड", "अद्यतन", "विषय", "पथ", "अभी तक कुछ प्रकाशित नहीं हुआ है।", "लेखक", "पुरालेख", "पुराना", "नया", "फ़ाइलें", "भाषाएँ"},
	"hu":      {"Ugrás a tartalomhoz", "Rovatok", "Feliratkozás", "Minden hírcsatorna", "Frissítve", "Témák", "Útvonal", "Még semmi sem jelent meg.", "Szerzők", "Archívum", "Régebbi", "Újabb", "Fájlok", "Nyelvek"},
	"id":      {"Langsung ke isi", "Rubrik", "Berlangganan", "Semua umpan", "Diperbarui", "Topik", "Jalur", "Belum ada yang diterbitkan.", "Penulis", "Arsip", "Lebih lama", "Lebih baru", "Berkas", "Bahasa"},
	"it":      {"Vai al contenuto", "Sezioni", "Abbonati", "Tutti i feed", "Aggiornato", "Argomenti", "Percorso", "Non è ancora stato pubblicato nulla.", "Autori", "Archivio", "Meno recente", "Più recente", "Allegati", "Lingue"},
	"ja":      {"本文へ移動", "セクション", "購読", "すべてのフィード", "更新", "トピック", "現在位置", "まだ何も公開されていません。", "筆者", "アーカイブ", "前へ", "次へ", "ファイル", "言語"},
	"ko":      {"본문으로 건너뛰기", "섹션", "구독", "모든 피드", "수정", "주제", "경로", "아직 게시된 글이 없습니다.", "필자", "지난 기사", "이전", "다음", "파일", "언어"},
	"nb":      {"Gå til innholdet", "Seksjoner", "Abonner", "Alle strømmer", "Oppdatert", "Emner", "Sti", "Ingenting er publisert ennå.", "Forfattere", "Arkiv", "Eldre", "Nyere", "Filer", "Språk"},
	"nl":      {"Naar de inhoud", "Rubrieken", "Abonneren", "Alle feeds", "Bijgewerkt", "Onderwerpen", "Pad", "Er is nog niets gepubliceerd.", "Auteurs", "Archief", "Ouder", "Nieuwer", "Bestanden", "Talen"},
	"no":      {"Gå til innholdet", "Seksjoner", "Abonner", "Alle strømmer", "Oppdatert", "Emner", "Sti", "Ingenting er publisert ennå.", "Forfattere", "Arkiv", "Eldre", "Nyere", "Filer", "Språk"},
	"pl":      {"Przejdź do treści", "Działy", "Subskrybuj", "Wszystkie kanały", "Zaktualizowano", "Tematy", "Ścieżka", "Nic jeszcze nie opublikowano.", "Autorzy", "Archiwum", "Starsze", "Nowsze", "Pliki", "Języki"},
	"pt":      {"Ir para o conteúdo", "Secções", "Subscrever", "Todos os feeds", "Atualizado", "Temas", "Caminho", "Ainda não foi publicado nada.", "Autores", "Arquivo", "Anterior", "Seguinte", "Ficheiros", "Idiomas"},
	"ro":      {"Salt la conținut", "Secțiuni", "Abonare", "Toate fluxurile", "Actualizat", "Subiecte", "Cale", "Încă nu s-a publicat nimic.", "Autori", "Arhivă", "Mai vechi", "Mai noi", "Fișiere", "Limbi"},
	"ru":      {"Перейти к содержанию", "Разделы", "Подписаться", "Все ленты", "Обновлено", "Темы", "Путь", "Пока ничего не опубликовано.", "Авторы", "Архив", "Раньше", "Позже", "Файлы", "Языки"},
	"sv":      {"Till innehållet", "Avdelningar", "Prenumerera", "Alla flöden", "Uppdaterad", "Ämnen", "Sökväg", "Inget har publicerats än.", "Skribenter", "Arkiv", "Äldre", "Nyare", "Filer", "Språk"},
	"tr":      {"İçeriğe geç", "Bölümler", "Abone ol", "Tüm akışlar", "Güncellendi", "Konular", "Yol", "Henüz hiçbir şey yayımlanmadı.", "Yazarlar", "Arşiv", "Daha eski", "Daha yeni", "Dosyalar", "Diller"},
	"uk":      {"Перейти до вмісту", "Розділи", "Підписатися", "Усі стрічки", "Оновлено", "Теми", "Шлях", "Ще нічого не опубліковано.", "Автори", "Архів", "Раніше", "Пізніше", "Файли", "Мови"},
	"zh":      {"跳到正文", "栏目", "订阅", "所有订阅源", "更新于", "主题", "当前位置", "尚未发布任何内容。", "作者", "存档", "较早", "较新", "文件", "语言"},
	"zh-Hant": {"跳到正文", "欄目", "訂閱", "所有訂閱源", "更新於", "主題", "目前位置", "尚未發布任何內容。", "作者", "存檔", "較早", "較新", "檔案", "語言"},
}
