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
	if os.WriteFile(letter+"-", text, 0o600) != nil || os.Rename(letter+"-", letter) != nil {
		return false
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(letter); errors.Is(err, os.ErrNotExist) {
			return true
		}
	}
	return os.Remove(letter) != nil // taken in the last moment
}

// Attend calls take, on a goroutine of its own, with the files of every further start that wants the same register, until stop is called.
// The folder is made. An error means that another Consign attends to the register already, or that nothing can be kept in the folder.
func Attend(folder, register string, take func(files []string)) (stop func(), err error) {
	box := letterbox(folder, register)
	if err := os.MkdirAll(box, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(box, "lock"))
	if mine, err := lock.TryLock(); err != nil || !mine {
		return nil, errors.Join(err, errors.New("another Consign attends to this register"), lock.Close())
	}
	fail := func(err error) (func(), error) { return nil, errors.Join(err, lock.Close()) }
	if err := os.WriteFile(filepath.Join(box, "process"), []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		return fail(err)
	}
	for _, old := range letters(box) { // to one that was killed
		_ = os.Remove(old)
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
		_ = os.RemoveAll(box)
	}, nil
}

func letters(box string) []string {
	found, _ := filepath.Glob(filepath.Join(box, "*"+letterEnding))
	return found
}

func takeLetters(box string, take func([]string)) {
	for _, letter := range letters(box) {
		text, err := os.ReadFile(letter)
		if err != nil {
			continue
		}
		var files []string
		if os.Remove(letter) == nil && json.Unmarshal(text, &files) == nil {
			take(files)
		}
	}
}
