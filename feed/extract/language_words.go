package extract

// The languages of Latin letters that are told by their small words.
const (
	english wordSet = 1 << iota
	german
	french
	spanish
	italian
	portuguese
	dutch
	swedish
	danish
	norwegian
	finnish
	polish
	czech
	hungarian
	romanian
	turkish
	indonesian
)

// A wordSet is a set of languages that have a word.
type wordSet uint32

// wordTags are the tags of the languages, in the order of the constants.
var wordTags = [...]string{"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro", "tr", "id"}

// smallWord returns the languages in which a word, in small letters, is one of the
// most frequent ones.
func smallWord(w string) wordSet {
	switch w {
	case "and", "are", "be", "but", "from", "has", "have", "it", "not", "of", "said", "that", "the", "they", "this", "was", "were", "which", "with", "its", "after", "who", "we", "been", "had", "would":
		return english
	case "is":
		return english | dutch | hungarian
	case "at", "for":
		return english | danish | norwegian
	case "on":
		return english | finnish
	case "to":
		return english | polish | czech
	case "by":
		return english | czech
	case "auch", "auf", "aus", "bei", "dass", "dem", "der", "die", "ein", "eine", "für", "hat", "im", "ist", "mit", "nach", "nicht", "sich", "sie", "und", "von", "werden", "wird", "zu", "am", "einen", "über", "sind":
		return german
	case "des":
		return german | french
	case "es":
		return german | spanish
	case "das":
		return german | portuguese
	case "als":
		return german | dutch
	case "er":
		return german | dutch | danish | norwegian
	case "den":
		return german | swedish | danish | norwegian
	case "aux", "avec", "ce", "dans", "du", "est", "les", "ne", "par", "pas", "plus", "pour", "qui", "sont", "sur", "une", "à":
		return french
	case "la", "un":
		return french | spanish | italian | romanian
	case "que":
		return french | spanish | portuguese
	case "de":
		return french | spanish | portuguese | dutch | swedish | danish | norwegian | hungarian | romanian | turkish
	case "se":
		return french | spanish | portuguese | finnish | czech
	case "en":
		return french | spanish | dutch | swedish | danish | norwegian
	case "il", "le":
		return french | italian
	case "et":
		return french | danish | norwegian
	case "au":
		return french | romanian
	case "las", "lo", "los", "más", "pero", "su", "sus", "y", "fue", "sobre", "entre":
		return spanish
	case "al", "con", "del", "ha", "una":
		return spanish | italian
	case "como", "para", "por":
		return spanish | portuguese
	case "el":
		return spanish | hungarian
	case "este":
		return spanish | romanian
	case "alla", "che", "come", "dei", "della", "gli", "nel", "non", "per", "più", "si", "sono", "è":
		return italian
	case "e":
		return italian | portuguese
	case "da":
		return italian | portuguese | turkish
	case "in":
		return italian | dutch
	case "di":
		return italian | indonesian
	case "ao", "as", "com", "dos", "em", "foi", "mais", "no", "não", "os", "são", "um", "uma":
		return portuguese
	case "do", "na":
		return portuguese | polish | czech
	case "o":
		return portuguese | polish | czech | romanian
	case "a":
		return portuguese | czech | hungarian | romanian
	case "aan", "bij", "dat", "door", "een", "het", "met", "naar", "niet", "ook", "op", "te", "voor", "worden", "zijn":
		return dutch
	case "om":
		return dutch | swedish | danish | norwegian
	case "van":
		return dutch | hungarian
	case "att", "ett", "från", "för", "inte", "och", "till", "är":
		return swedish
	case "det", "har", "med", "men", "på", "som", "var":
		return swedish | danish | norwegian
	case "i":
		return swedish | danish | norwegian | polish | czech
	case "av":
		return swedish | norwegian
	case "af", "blev", "sig", "bliver", "hvad", "efter", "mod", "eller":
		return danish
	case "fra", "ikke", "jeg", "og", "til":
		return danish | norwegian
	case "ble", "å", "blir", "seg", "mot", "nå", "noe", "mer", "etter":
		return norwegian
	case "ei", "että", "hän", "ja", "joka", "kun", "mukaan", "mutta", "myös", "ole", "oli", "ovat", "sen":
		return finnish
	case "był", "dla", "jak", "jest", "nie", "od", "po", "przez", "się", "są", "w", "że":
		return polish
	case "ale", "z", "za":
		return polish | czech
	case "byl", "jako", "je", "jsou", "podle", "pro", "s", "v", "že":
		return czech
	case "ve":
		return czech | turkish
	case "az", "csak", "egy", "ez", "hogy", "meg", "mint", "már", "nem", "volt", "és":
		return hungarian
	case "care", "cu", "că", "din", "fost", "mai", "nu", "pe", "pentru", "în", "și":
		return romanian
	case "bir", "bu", "daha", "dedi", "gibi", "ile", "ise", "için", "kadar", "olan", "olarak", "sonra", "çok":
		return turkish
	case "adalah", "akan", "dalam", "dan", "dari", "dengan", "ini", "itu", "juga", "ke", "pada", "tidak", "untuk", "yang":
		return indonesian
	}
	return 0
}
