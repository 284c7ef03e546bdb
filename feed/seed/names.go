package seed

import (
	"slices"
	"strings"
)

// settingsFile is the name of the file with a folder's settings.
const settingsFile = "feed.yaml"

// unfinished are the ends of names that programs give to files which they have
// not finished, or keep for themselves.
var unfinished = []string{
	"~", ".swp", ".swo", ".swx", ".tmp", ".temp", // editors
	".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", // browsers and file transfer
}

// foreign are names that operating systems and file servers use for their own
// affairs. What a bin holds was deleted, and must not be published.
var foreign = []string{
	"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "lost+found", "#recycle", "@eadir",
}

// aside reports whether a file or folder of this name is left out without a
// word.
func aside(name string) bool {
	if name == "" || name[0] == '.' || name[0] == '_' || name == settingsFile {
		return true
	}
	if strings.HasPrefix(name, "~$") || len(name) > 1 && name[0] == '#' && name[len(name)-1] == '#' {
		return true // owner files of Office, autosaved files of Emacs
	}
	name = strings.ToLower(name)
	return slices.Contains(foreign, name) ||
		slices.ContainsFunc(unfinished, func(end string) bool { return strings.HasSuffix(name, end) })
}

// mistakenSettings reports whether a file was probably meant for settings, and
// is not read as such on every system.
func mistakenSettings(name string) bool {
	return strings.EqualFold(name, "feed.yml") || name != settingsFile && strings.EqualFold(name, settingsFile)
}
