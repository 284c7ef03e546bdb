package ledger

// Statements about what need not be looked at again.
const (
	selectSeen        = `SELECT path, listing, held FROM seen_folder`
	selectPageFolders = `SELECT path, mod_time FROM page_folder`

	selectPages = `SELECT address, section, name FROM entry
	WHERE address >= $1 AND address < $2 AND address <> '' AND status = 'live' ORDER BY address`

	upsertSeen = `INSERT INTO seen_folder (path, listing, held) VALUES ($1, $2, $3)
	ON CONFLICT (path) DO UPDATE SET listing = excluded.listing, held = excluded.held`
	deleteSeen = `DELETE FROM seen_folder WHERE path = $1`

	upsertPageFolder = `INSERT INTO page_folder (path, mod_time) VALUES ($1, $2)
	ON CONFLICT (path) DO UPDATE SET mod_time = excluded.mod_time
	WHERE page_folder.mod_time <> excluded.mod_time`
)
