// Package disk is where Consign writes, renames and removes its own files: beside the target and renamed, so that a file is there
// whole or as it was; flushed, so that it outlasts a loss of power; tried again while another program holds it. Every call can fail
// on demand, for tests (OnCall).
//
// All functions are safe on any goroutine and block: never call them on the UI goroutine. Their errors are those of the operating
// system; TroubleOf and Unwritable say what people can do about them.
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The modes of files that are made.
const (
	Private fs.FileMode = 0o600 // in our own folders: it holds identifiers
	Shared  fs.FileMode = 0o666 // less the umask: what people export
)

// Op is a kind of call.
type Op string

// The calls that change something, or make a change last.
const (
	Making   Op = "make"
	Writing  Op = "write"
	Cutting  Op = "cut"
	Flushing Op = "flush"
	Renaming Op = "rename"
	Removing Op = "remove"
	Folding  Op = "make folder"
	Settling Op = "flush folder"
	Guarding Op = "guard"
)

// Call is one call. To is set for a renaming.
type Call struct {
	Op       Op
	Path, To string
}

var onCall atomic.Pointer[func(Call) error]

// OnCall has f asked before every call until end is called: an error of f is the call's, which is not made then. Tests alone use it.
func OnCall(f func(Call) error) (end func()) {
	onCall.Store(&f)
	return func() { onCall.Store(nil) }
}

func ask(op Op, path, to string) error {
	if f := onCall.Load(); f != nil {
		return (*f)(Call{op, path, to})
	}
	return nil
}

// How long a file that another program holds is tried again: virus scanners and synchronisers let go soon.
const (
	patience  = 2 * time.Second
	firstWait = 10 * time.Millisecond
	longWait  = 200 * time.Millisecond
)

// again calls f until it answers something else than that the file is held, for two seconds.
func again(f func() error) error {
	end := time.Now().Add(patience)
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		err := f()
		if err == nil || !isHeld(err) || time.Now().After(end) {
			return err
		}
		time.Sleep(wait)
	}
}

// Rename gives the file at from the name to, replacing what is there. It is tried again for two seconds while another program holds
// one of them. SettleFolder makes it last.
func Rename(from, to string) error {
	err := again(func() error {
		if err := ask(Renaming, from, to); err != nil {
			return err
		}
		return os.Rename(from, to)
	})
	if err != nil && isHeld(err) && isFreeFile(to) {
		return heldError{err}
	}
	return err
}

// isFreeFile reports whether path is a file that may be written, so that only another program can stand in the way.
func isFreeFile(path string) bool {
	const mayWrite = 0o200
	s, err := os.Stat(path)
	return err == nil && s.Mode().IsRegular() && s.Mode().Perm()&mayWrite != 0
}

// Remove removes the file at path, if it is there. It is tried again for two seconds while another program holds it.
func Remove(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := again(func() error {
		if err := ask(Removing, path, ""); err != nil {
			return err
		}
		return os.Remove(path)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// MakeFolder makes the folder at path and those above it, for this user only.
func MakeFolder(path string) error {
	if s, err := os.Stat(path); err == nil && s.IsDir() {
		return nil
	}
	if err := ask(Folding, path, ""); err != nil {
		return err
	}
	return os.MkdirAll(path, 0o700)
}

// Protect keeps the file at path from being written, by this program and by others.
func Protect(path string) error {
	if err := ask(Guarding, path, ""); err != nil {
		return err
	}
	return os.Chmod(path, 0o400)
}

// Flush makes the content of the file at path last.
func Flush(path string) error {
	f, err := Append(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// SettleFolder makes the names in the folder of path last. A system that cannot is no error.
func SettleFolder(path string) error {
	folder := filepath.Dir(path)
	if err := ask(Settling, folder, ""); err != nil {
		return err
	}
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	err = f.Sync()
	if cannotSettle(err) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

// Exists reports whether something, a broken link too, has the name.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// Same reports whether both paths lead to one file, by whatever links. Of files that are not there the names are compared, without
// regard to case: not every file system has one.
func Same(a, b string) bool {
	if s, err := os.Stat(a); err == nil {
		t, err := os.Stat(b)
		return err == nil && os.SameFile(s, t)
	}
	return strings.EqualFold(Real(a), Real(b))
}

// Real is the absolute path without links, as far as it exists.
func Real(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path))
	}
	return path
}

// Free is path, or the first of "path (2)", "path (3)" … before its ending that nothing has as its name yet.
func Free(path string) string {
	ending := filepath.Ext(path)
	for n := 2; Exists(path); n++ {
		path = strings.TrimSuffix(strings.TrimSuffix(path, ending), " ("+strconv.Itoa(n-1)+")") + " (" + strconv.Itoa(n) + ")" + ending
	}
	return path
}

// Dated is the path of a file beside path that keeps its content of a time: "register before restore 2026-11-25 1042.db" for a what
// of "before restore". No file is there.
func Dated(path, what string, at time.Time) string {
	ending := filepath.Ext(path)
	return Free(strings.TrimSuffix(path, ending) + " " + what + " " + at.Format(DateLayout) + ending)
}

// DateLayout is how a time stands in the name of a file.
const DateLayout = "2006-01-02 1504"
