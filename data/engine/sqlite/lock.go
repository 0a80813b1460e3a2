package sqlite

import (
	"io"
	"os"
	"strings"

	"github.com/gofrs/flock"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// lockEnding is the ending of the file by which a Consign keeps others out.
const lockEnding = ".lock"

// Lock keeps every Consign from opening the register file at path until unlock is called. Error: InUse.
func Lock(path string) (unlock func() error, err error) {
	return lockFor(path, "")
}

// lockFor takes the lock of the register at path for a person, who is named to those that find it taken; "" for nobody.
func lockFor(path, person string) (unlock func() error, err error) {
	lock := flock.New(path+lockEnding, flock.SetPermissions(0o600))
	switch free, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !free:
		return nil, inUse(path)
	}
	computer, _ := os.Hostname()
	sign(path, person+"\n"+computer+"\n")
	return func() error {
		sign(path, "") // nobody
		return lock.Unlock()
	}, nil
}

// signedAt is where the lock says who holds it: Windows lets nobody read the byte before, on which the lock is.
const signedAt = 1

// sign writes into the lock who holds it. What cannot be written is not told to others, and nothing else.
func sign(path, text string) {
	file, err := os.OpenFile(path+lockEnding, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte(text), signedAt); err == nil {
		_ = file.Truncate(signedAt + int64(len(text)))
	}
}

// inUse says who has the register at path open, if the lock tells.
func inUse(path string) *model.Error {
	if file, err := os.Open(path + lockEnding); err == nil {
		defer file.Close()
		const longest = 1000
		text, _ := io.ReadAll(io.NewSectionReader(file, signedAt, longest))
		if lines := strings.Split(string(text), "\n"); len(lines) == 3 && lines[0] != "" && lines[1] != "" {
			return model.Fail(model.InUse, "The register is open in another Consign: {{.Person}} works with it on {{.Computer}}.",
				"Person", model.PlainText(lines[0]), "Computer", model.PlainText(lines[1]))
		}
	}
	return model.Fail(model.InUse, "The register is open in another Consign.")
}

// IsWorkedWith reports whether a Consign has opened the register at path: it leaves the file by which a second one is kept out.
func IsWorkedWith(path string) bool {
	return disk.Exists(path+lockEnding) && looksLikeRegister(path) == nil
}

// IsInUse reports whether a Consign has the register at path open.
func IsInUse(path string) bool {
	if !disk.Exists(path + lockEnding) {
		return false
	}
	lock := flock.New(path+lockEnding, flock.SetFlag(os.O_RDWR))
	free, err := lock.TryLock()
	if free {
		_ = lock.Unlock()
	}
	return err == nil && !free
}

// FoldLog puts the log of a register into its file, so that one file is the whole of it. A damaged one keeps its log.
func FoldLog(path string) {
	if !hasCompanion(path) {
		return
	}
	db, err := connect(path, nil, 1, "mode=rw")
	if err != nil {
		return
	}
	defer engine.ClosePool(db)
	var id int
	if db.Raw("PRAGMA application_id").Scan(&id); id == applicationID {
		db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
}
