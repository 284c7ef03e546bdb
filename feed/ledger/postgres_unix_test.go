//go:build unix

package ledger_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"seedfeed/feed/internal/needs"
)

// The same text that SQLite runs makes the tables in PostgreSQL, and every
// statement is understood there and does the same to a few records.
func TestPostgreSQLUnderstands(t *testing.T) {
	server := startPostgres(t)
	var script strings.Builder
	migrations := schema(t)
	for i, name := range slices.Sorted(maps.Keys(migrations)) {
		script.WriteString(migrations[name])
		if i == 0 {
			script.WriteString(postgresOld)
		}
	}
	script.WriteString(postgresNew)
	// What the migrator makes for itself there.
	script.WriteString("CREATE TABLE goose_db_version (version_id BIGINT NOT NULL, is_applied BOOLEAN NOT NULL);\n")
	queries := statements(t)
	for _, name := range slices.Sorted(maps.Keys(queries)) {
		fmt.Fprintf(&script, "PREPARE %s AS %s;\n", name, queries[name])
	}
	script.WriteString(postgresStory)
	got := strings.TrimSpace(server.run(script.String()))
	if got != strings.TrimSpace(postgresAnswers) {
		t.Errorf("answers:\n%s\nwant:\n%s", got, postgresAnswers)
	}
}

// postgresOld is what the first version has when the second comes: the last
// millisecond of 1969, and two of February 29, 2024, of which one is withdrawn.
const postgresOld = `
INSERT INTO entry VALUES
('urn:o', 'old', 'o.txt', 'o.html', 'O', '', '', 1, 2, 3, -1, 5, NULL, 'live', '', FALSE, FALSE, TRUE, FALSE),
('urn:p', 'old', 'p.txt', 'p.html', 'P', '', '', 1, 2, 3, 1709208000000, 6, NULL, 'live', '', FALSE, FALSE, TRUE, FALSE),
('urn:q', 'old', 'q.txt', 'q.html', 'Q', '', '', 1, 2, 3, 1709208000000, 7, NULL, 'withdrawn', '', FALSE, FALSE, TRUE, FALSE),
('urn:r', 'old', 'r.txt', 'r.html', 'R', '', '', 1, 2, 3, 1709208000000, 8, NULL, 'held', '', FALSE, FALSE, FALSE, FALSE);
`

// postgresNew shows the months of that, and clears it away.
const postgresNew = `
SELECT number / 12, number % 12 + 1, live, changed FROM month ORDER BY number;
DELETE FROM month;
DELETE FROM entry;
`

// postgresStory puts, moves and asks; each answer is a line.
const postgresStory = `
EXECUTE insertEntry('urn:a', 'news', 'a.txt', 'a.html', 'A', '\x0102030405060708ff', '\x02', 1, 2, 3, 40, 5, NULL, 'live', '', FALSE, FALSE, TRUE, TRUE, NULL);
EXECUTE insertEntry('urn:b', 'news/x', 'b.txt', 'b.html', 'B', '\x0102030405060708fe', '\x02', 1, 2, 3, 41, 6, NULL, 'live', '', FALSE, FALSE, TRUE, TRUE, '\x03');
EXECUTE insertEntry('urn:c', 'news', 'a.txt', 'c.html', 'path taken', '\x01', '\x02', 1, 2, 3, 4, 5, NULL, 'live', '', FALSE, FALSE, TRUE, TRUE, NULL);
EXECUTE insertEntry('urn:d', 'news', 'd.txt', '', 'D', '\x04', '\x02', 1, 2, 3, 4, 5, 90, 'held', 'draft', FALSE, FALSE, FALSE, FALSE, NULL);
EXECUTE addToSection('news', 2, 1, 5);
EXECUTE addToSection('news/x', 1, 1, 6);
EXECUTE addToSection('news', 0, 0, NULL);
EXECUTE selectFolder('news');
EXECUTE selectNewest('news', 'news/', 'news0');
EXECUTE selectChanged('', '/', '0');
EXECUTE selectNextDue(89);
EXECUTE parkEntry('/urn:a', 'urn:a');
EXECUTE upsertEntry('urn:a', 'sport', 'a.txt', 'a.html', 'A2', '\x01', '\x02', 1, 2, 3, 40, 4, NULL, 'gone', '', FALSE, FALSE, TRUE, TRUE, NULL);
EXECUTE addToSection('news', -1, -1, NULL);
EXECUTE addToSection('sport', 0, 0, 4);
EXECUTE recountChanged('news', 5);
EXECUTE recountChanged('sport', 4);
EXECUTE markPlaced('urn:a');
EXECUTE selectByAddress('a.html');
EXECUTE selectSections;
SELECT path, present, live, changed FROM section ORDER BY path;
SELECT id FROM entry WHERE pending;
EXECUTE upsertMeta('k', '1');
EXECUTE upsertMeta('k', '2');
EXECUTE selectMeta('k');
EXECUTE upsertSnapshot('urn:d', '\x01', '\x02');
EXECUTE deleteEntry('urn:d');
SELECT count(*) FROM snapshot;
EXECUTE insertEntry('urn:e', 'news', 'e.txt', 'e.html', 'E', '\x05', '\x02', 1, 2, 3, 40, 7, NULL, 'live', '', FALSE, FALSE, TRUE, FALSE, NULL);
EXECUTE insertEntry('urn:f', 'news', 'f.txt', 'f.html', 'F', '\x06', '\x02', 1, 2, 3, 40, 8, NULL, 'live', '', FALSE, FALSE, TRUE, FALSE, NULL);
EXECUTE selectByKey('tag', 'grain');
EXECUTE insertList('tag', 'grain', 'Grain');
EXECUTE insertList('tag', 'trade', 'Trade');
EXECUTE retitleList('Trades', 2);
EXECUTE numberEntry('urn:b');
EXECUTE numberEntry('urn:e');
EXECUTE insertMember(1, 1, TRUE, 41);
EXECUTE insertMember(2, 1, TRUE, 40);
EXECUTE insertMember(2, 2, TRUE, 40);
EXECUTE addToList(2, 7, NULL, 1);
EXECUTE selectListsOf('urn:e');
EXECUTE selectMember('urn:e');
EXECUTE selectMember('urn:f');
EXECUTE selectByKey('tag', 'grain');
EXECUTE selectLatestIn('tag', 'grain', 1);
EXECUTE updateMembers(FALSE, 41, 1);
EXECUTE selectLatestIn('tag', 'grain', 9);
EXECUTE deleteMember(2, 1);
EXECUTE addToList(-1, 7, 6, 1);
EXECUTE selectListChanged(1);
EXECUTE selectChangedIn(1, 41, 42);
EXECUTE setListChanged(6, 1);
EXECUTE dropList(1);
EXECUTE deleteMember(2, 2);
EXECUTE dropList(2);
EXECUTE selectLists;
SELECT number, live, changed, departed FROM list;
EXECUTE addToMonth(10, 1, 7);
EXECUTE addToMonth(10, 2, 9);
EXECUTE addToMonth(10, -1, 8);
EXECUTE selectMonths;
EXECUTE selectMonthsByChange;
EXECUTE recountMonth(40, 41, 9, 10);
EXECUTE selectMonths;
EXECUTE selectInMonth(40, 42);
EXECUTE selectAround(40, 'urn:ee');
EXECUTE selectTombstones('', '/', '0', 4);
EXECUTE selectTombstones('', '/', '0', 5);
EXECUTE upsertSubscription('t', 'd', '', 9, '\x01', '\x02', NULL, 0);
EXECUTE upsertSubscription('t', 'c', '\x00ff', 9, '\x01', '\x02', 8, 1);
EXECUTE upsertSubscription('t', 'd', '\x03', 10, '\x04', '\x05', 7, 2);
EXECUTE selectSubscriptions;
EXECUTE deleteSubscription('t', 'c');
EXECUTE selectSubscriptions;
EXECUTE insertRequest(2, 'subscribe', 't', 'c', '\x00', 60);
EXECUTE insertRequest(1, 'unsubscribe', 't', 'c', '', 60);
EXECUTE selectRequests;
EXECUTE deleteRequest(1);
EXECUTE selectRequests;
EXECUTE insertEvent('urn:e', 3, 'held', 'E', 'news/e.txt', '', '', NULL, FALSE, '\x07');
EXECUTE insertEvent('urn:e', 8, 'released', 'E', 'news/e.txt', 'e.txt', 'its time', '\x05', TRUE, '\x08');
EXECUTE selectEvents('urn:e');
EXECUTE selectLatestSeen(2);
EXECUTE pruneEvents('urn:e', 1);
EXECUTE pruneChanges(1);
EXECUTE selectLatestEvents(9);
EXECUTE selectLastEvent('urn:e');
EXECUTE selectAnnounced(9);
EXECUTE selectNextNumber;
EXECUTE insertNew('urn:n', 'news', 'n.txt', 'n.html', 'N', '\x09', '\x02', 1, 2, 3, 40, 5, NULL, 'live', '', FALSE, FALSE, TRUE, TRUE, NULL, 3);
EXECUTE selectIDsAmong('urn:n');
EXECUTE selectAddressesAmong('n.html');
EXECUTE selectDigestsAmong('\x09');
EXECUTE selectNamesAmong('news', 'n.txt');
EXECUTE selectGoneNamesAmong('sport', 'a.txt');
`

const postgresAnswers = `
1969|12|1|5
2024|2|1|7
urn:a|a.txt|a.html|1|2|live|t
urn:d|d.txt||1|2|held|f
news/x|41
news|40
6
90
urn:a
news/x|1
news|1|0|
news/x|1|1|6
sport|0|0|4
urn:b
2
0
1
2
1
2
tag|grain|Grain
tag|trade|Trades
2|live|t|40|7|1|tag|grain|Grain|2|7
2|live|t|40|7|2|tag|trade|Trades|0|
|live|t|40|8||||||
1|tag|grain|Grain|2|7
urn:b|news/x|b.txt|b.html|B|\x0102030405060708fe|\x02|1|2|3|41|6||live||f|f|t|t|\x03
urn:e|news|e.txt|e.html|E|\x05|\x02|1|2|3|40|7||live||f|f|t|f|
7|6
6
tag|grain|Grain|1|6
1|1|6|6
10|2|9
10|9
10|2|8
urn:b|news/x|b.txt|b.html|B|\x0102030405060708fe|\x02|1|2|3|41|6||live||f|f|t|t|\x03
urn:e|news|e.txt|e.html|E|\x05|\x02|1|2|3|40|7||live||f|f|t|f|
urn:f|news|f.txt|f.html|F|\x06|\x02|1|2|3|40|8||live||f|f|t|f|
urn:f|news|f.txt|f.html|F|\x06|\x02|1|2|3|40|8||live||f|f|t|f|
urn:e|news|e.txt|e.html|E|\x05|\x02|1|2|3|40|7||live||f|f|t|f|
urn:b|news/x|b.txt|b.html|B|\x0102030405060708fe|\x02|1|2|3|41|6||live||f|f|t|t|\x03
urn:a|sport|a.txt|a.html|A2|\x01|\x02|1|2|3|40|4||gone||f|f|t|f|
t|c|\x00ff|9|\x01|\x02|8|1
t|d|\x03|10|\x04|\x05|7|2
t|d|\x03|10|\x04|\x05|7|2
1|unsubscribe|t|c|\x|60
2|subscribe|t|c|\x00|60
2|subscribe|t|c|\x00|60
urn:e|3|held|E|news/e.txt||||f
urn:e|8|released|E|news/e.txt|e.txt|its time|\x05|t
urn:a|sport|a.txt|a.html|A2|\x01|\x02|1|2|3|40|4||gone||f|f|t|f|
urn:b|news/x|b.txt|b.html|B|\x0102030405060708fe|\x02|1|2|3|41|6||live||f|f|t|t|\x03
urn:e|8|released|E|news/e.txt|e.txt|its time|\x05|t
urn:e|8|released|E|news/e.txt|e.txt|its time|\x05|t
urn:e|8|released|E|news/e.txt|e.txt|its time|\x05|t|\x08
3
urn:n
n.html
\x09
n.txt
a.txt
`

// A postgres is a server of our own, reached by a socket in a folder.
type postgres struct {
	t   *testing.T
	bin string
	dir string
	as  *syscall.SysProcAttr
}

// startPostgres starts a server.
func startPostgres(t *testing.T) *postgres {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		needs.Missing(t, "no PostgreSQL on this machine")
	}
	p := &postgres{t: t, bin: filepath.Dir(found[len(found)-1]), dir: t.TempDir()}
	if err := os.Chmod(filepath.Dir(p.dir), 0o755); err != nil { // for the server's user
		t.Fatal(err)
	}
	p.dropRights()
	p.command("initdb", "-D", p.dir+"/data", "-U", "ledger", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8")
	p.command("pg_ctl", "-D", p.dir+"/data", "-l", p.dir+"/log", "-w", "-o", "-c listen_addresses='' -c fsync=off -k "+p.dir, "start")
	t.Cleanup(func() { p.command("pg_ctl", "-D", p.dir+"/data", "-m", "immediate", "-w", "stop") })
	return p
}

// dropRights makes root's server run as another user: it refuses root.
func (p *postgres) dropRights() {
	p.t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		p.t.Fatal(err)
	}
	uid, errUID := strconv.ParseUint(account.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(account.Gid, 10, 32)
	if errUID != nil || errGID != nil {
		p.t.Fatal(errUID, errGID)
	}
	p.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	if err := os.Chown(p.dir, int(uid), int(gid)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *postgres) command(name string, args ...string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, name), args...)
	cmd.Dir, cmd.SysProcAttr = p.dir, p.as
	// The server lives on with what it inherits: a pipe would never end.
	out, err := os.Create(filepath.Join(p.t.TempDir(), name))
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		p.t.Fatalf("%s: %v\n%s", name, err, said)
	}
}

// run runs a script and returns what it prints.
func (p *postgres) run(script string) string {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, "psql"), "-h", p.dir, "-U", "ledger", "-d", "postgres",
		"-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1")
	cmd.Stdin = strings.NewReader(script)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		p.t.Fatalf("psql: %v\n%s%s", err, out, said.String())
	}
	return string(out)
}
