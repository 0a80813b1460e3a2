package system

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"
	"github.com/google/uuid"

	"consign/data/disk"
)

// patience is how long a second start waits until the first has taken what it was handed.
const patience = 5 * time.Second

// letterEnding is how the names of files end in which a second start hands over.
const letterEnding = ".letter"

// letterbox is the folder in which starts meet that want the same register: for one user, as it lies in this user's own folder.
func letterbox(folder, register string) string {
	if real, err := filepath.EvalSymlinks(register); err == nil {
		register = real
	}
	if runtime.GOOS == "windows" {
		register = strings.ToLower(register)
	}
	sum := sha256.Sum256([]byte(register))
	return filepath.Join(folder, hex.EncodeToString(sum[:8]))
}

// HandOver gives files, maybe none, to the Consign that has the register open, which comes to the front. It reports false if there is none,
// or if it does not answer. The folder is the one that Attend has. It blocks for up to five seconds.
func HandOver(folder, register string, files []string) bool {
	box := letterbox(folder, register)
	if _, err := os.Stat(box); err != nil {
		return false
	}
	lock := flock.New(filepath.Join(box, "lock"))
	if free, err := lock.TryLock(); err != nil || free {
		_ = lock.Close() // it was killed
		return false
	}
	if pid, err := os.ReadFile(filepath.Join(box, "process")); err == nil {
		if n, err := strconv.Atoi(string(pid)); err == nil {
			allowToFront(n)
		}
	}
	text, err := json.Marshal(files)
	if err != nil {
		return false
	}
	letter := filepath.Join(box, uuid.NewString()+letterEnding)
	if disk.WriteFile(letter, text, disk.Private) != nil {
		return false
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(letter); errors.Is(err, os.ErrNotExist) {
			return true
		}
	}
	return !claim(letter) // taken in the last moment
}

// claim makes a letter one's own and removes it: of who sends and who takes it only one can.
func claim(letter string) bool {
	mine := letter + "." + strconv.Itoa(os.Getpid())
	if err := disk.Rename(letter, mine); err != nil {
		return false
	}
	_ = disk.Remove(mine) // it has no letter's name any more; what is left goes with the box
	return true
}

// Attend calls take, on a goroutine of its own, with the files of every further start that wants the same register, until stop is called.
// The folder is made. An error means that another Consign attends to the register already, or that nothing can be kept in the folder.
func Attend(folder, register string, take func(files []string)) (stop func(), err error) {
	box := letterbox(folder, register)
	if err := disk.MakeFolder(box); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(box, "lock"))
	if mine, err := lock.TryLock(); err != nil || !mine {
		return nil, errors.Join(err, errors.New("another Consign attends to this register"), lock.Close())
	}
	fail := func(err error) (func(), error) { return nil, errors.Join(err, lock.Close()) }
	if err := disk.WriteFile(filepath.Join(box, "process"), []byte(strconv.Itoa(os.Getpid())), disk.Private); err != nil {
		return fail(err)
	}
	for _, old := range letters(box) { // to one that was killed
		_ = disk.Remove(old)
	}
	watch, err := fsnotify.NewWatcher()
	if err != nil {
		return fail(err)
	}
	if err := watch.Add(box); err != nil {
		return fail(errors.Join(err, watch.Close()))
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case _, more := <-watch.Events:
				if !more {
					return
				}
				takeLetters(box, take)
			case _, more := <-watch.Errors: // events may be lost
				if !more {
					return
				}
				takeLetters(box, take)
			}
		}
	}()
	return func() {
		_ = watch.Close()
		<-ended
		_ = lock.Close()
		empty(box)
	}, nil
}

// empty removes a box that nobody attends to. What cannot be removed is found without a lock, and so is none.
func empty(box string) {
	left, _ := os.ReadDir(box)
	for _, e := range left {
		_ = disk.Remove(filepath.Join(box, e.Name()))
	}
	_ = disk.Remove(box)
}

func letters(box string) []string {
	return disk.Matching(box, "*"+letterEnding)
}

func takeLetters(box string, take func([]string)) {
	for _, letter := range letters(box) {
		text, err := os.ReadFile(letter)
		if err != nil {
			continue
		}
		var files []string
		if claim(letter) && json.Unmarshal(text, &files) == nil {
			take(files)
		}
	}
}
