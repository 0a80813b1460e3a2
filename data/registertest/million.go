// Package registertest makes registers for tests and benchmarks.
package registertest

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"consign/data"
)

// The accounts of the big register by their id. Customers follow from FirstCustomer.
const (
	Reseller      int64 = 1 // ours; uploaded all but 40,000 of the devices
	MSP           int64 = 2 // ours; has registered Reseller and 300 others, manages 2,000 customers
	FirstReseller int64 = 3 // of the 300 others, one upload to MSP each
	FirstCustomer int64 = 1001
)

// Millions is the environment variable that says how many million devices the big register has: one, if it is not set.
const Millions = "CONSIGN_TEST_MILLIONS"

var times = max(1, atoi(os.Getenv(Millions)))

// Customers of the big register.
const Customers = 5_000

// The size of the big register, for each million.
var (
	Devices = 1_000_000 * times
	Uploads = 20_000 * times // 12,000 direct to customers, 3,000 to MSP, 5,000 moved by it

	madeUploads  = 15_000 * times
	movedUploads = 5_000 * times
)

const (
	resellers = 300
	managed   = 2_000
)

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// Location is the environment variable that names the file of the big register; without it, it is kept in the
// user's cache folder. It is built once (about half a minute a million) and again when the schema or this package changes.
const Location = "CONSIGN_TEST_REGISTER"

// Million returns the path of the big register: 5,000 customers, and 1,000,000 devices in 20,000 uploads, or as many times that as
// Millions says. It is for reading only; whoever acts on it takes Copy.
func Million(tb testing.TB) string {
	tb.Helper()
	path := os.Getenv(Location)
	if path == "" {
		folder, err := os.UserCacheDir()
		if err != nil {
			folder = os.TempDir()
		}
		path = filepath.Join(folder, "consign-test", fmt.Sprintf("million-%d.db", times))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	fresh := filepath.Join(tb.TempDir(), "million.db")
	stamp, err := create(fresh)
	if err != nil {
		tb.Fatal(err)
	}
	if kept, err := os.ReadFile(path + ".stamp"); err == nil && string(kept) == stamp {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	if err := fill(fresh); err != nil {
		tb.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(path + suffix)
	}
	if err := copyFile(fresh, path); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path+".stamp", []byte(stamp), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// Copy returns the path of a copy of the big register in the test's folder.
func Copy(tb testing.TB) string {
	tb.Helper()
	to := filepath.Join(tb.TempDir(), "register.db")
	if err := copyFile(Million(tb), to); err != nil {
		tb.Fatal(err)
	}
	return to
}

// create makes an empty register and returns the stamp of its schema and of this package's version.
func create(path string) (stamp string, err error) {
	r, err := data.Open(path, data.Options{})
	if err != nil {
		return "", err
	}
	if err := r.Close(); err != nil {
		return "", err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	var schema string
	if err := db.QueryRow("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)").Scan(&schema); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, version, times, schema))), nil
}

// version changes when the contents of the big register change.
const version = "1"

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
