package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	driver "github.com/glebarez/sqlite"
	"github.com/sirupsen/logrus"
	"gorm.io/gorm"

	"consign/data/engine"
)

const (
	// readers is how many connections read at the same time.
	readers = 4
	// readerCache is how many KB of pages each of them keeps, which take twice as much memory.
	readerCache = 16 << 10
	// passingCache is the same while all of a long list is read once.
	passingCache = 1 << 10
)

// How much memory the writing connection takes for pages at most, in KB: always, and in an act that takes room.
// The pages take twice as much: the allocator under SQLite rounds a page and its header up to 8 KB.
const (
	pagesKept = 32 << 10
	pagesRoom = 96 << 10
)

// sound has SQLite look whether the cells of a page lie where they may before it reads them, and trust no schema with what it calls.
var sound = []string{"_pragma=cell_size_check(1)", "_pragma=trusted_schema(0)"}

var forReading = append(slices.Clone(sound), "mode=ro", "_pragma=query_only(1)")

var forActs = append(slices.Clone(sound), "_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
	"_pragma=foreign_keys(1)", cache(pagesKept), "_pragma=journal_size_limit(67108864)", "_pragma=wal_autocheckpoint(0)")

// cache has a connection keep so many KB of pages.
func cache(kb int) string { return fmt.Sprintf("_pragma=cache_size(%d)", -kb) }

// connect opens a pool of at most conns connections to the file with the given parts of a DSN.
func connect(path string, log *logrus.Logger, conns int, params ...string) (*gorm.DB, error) {
	if log == nil {
		log = logrus.New()
		log.SetOutput(io.Discard)
	}
	pool, err := sql.Open(driver.DriverName, dsn(path, params...))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	db, err := gorm.Open(&driver.Dialector{Conn: pool}, &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 engine.Log{To: log},
		// No PrepareStmt: this driver compiles a statement at each execution, so it would keep texts for nothing.
	})
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// dsn is the URI of the file, whatever characters its path holds.
func dsn(path string, params ...string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/…
	}
	u := url.URL{Scheme: "file", Path: p, RawQuery: strings.Join(append([]string{"_pragma=busy_timeout(5000)"}, params...), "&")}
	return u.String()
}
