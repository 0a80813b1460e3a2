package disk

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// File is an open file. Use it from one goroutine at a time.
type File struct{ file *os.File }

// Create makes a file at path, where none may be, to append to.
func Create(path string, mode fs.FileMode) (*File, error) {
	if err := ask(Making, path, ""); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, mode)
	if err != nil {
		return nil, err
	}
	return &File{f}, nil
}

// Append opens the file at path to read it and to append to it.
func Append(path string) (*File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return nil, err
	}
	return &File{f}, nil
}

// Temporary makes a file among those of the system that nobody keeps, for this user only, and clears away what killed programs have left
// there. Close and Remove it.
func Temporary() (*File, error) {
	ClearAbandoned(os.TempDir())
	for {
		f, err := Create(filepath.Join(os.TempDir(), pendingName()), Private)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// Rewind has the next Read read from the beginning.
func (f *File) Rewind() error {
	_, err := f.file.Seek(0, io.SeekStart)
	return err
}

// Name is the path under which the file was opened.
func (f *File) Name() string { return f.file.Name() }

// Read reads from where the last reading ended.
func (f *File) Read(b []byte) (int, error) { return f.file.Read(b) }

// Write appends.
func (f *File) Write(b []byte) (int, error) {
	if err := ask(Writing, f.Name(), ""); err != nil {
		return 0, err
	}
	return f.file.Write(b)
}

// Truncate cuts the file off after so many bytes.
func (f *File) Truncate(size int64) error {
	if err := ask(Cutting, f.Name(), ""); err != nil {
		return err
	}
	return f.file.Truncate(size)
}

// Sync makes the content last.
func (f *File) Sync() error {
	if err := ask(Flushing, f.Name(), ""); err != nil {
		return err
	}
	return f.file.Sync()
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// Pending is a file that appears under its name whole or not at all: it is written beside its target and renamed by Commit.
// Use it from one goroutine at a time.
type Pending struct {
	*File
	target   string
	finished bool
}

// Begin starts a file that Commit will put at path, and clears away what killed programs have left beside it. The folder of path
// must exist. Defer Close.
func Begin(path string, mode fs.FileMode) (*Pending, error) {
	ClearAbandoned(filepath.Dir(path))
	for {
		f, err := Create(filepath.Join(filepath.Dir(path), pendingName()), mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return &Pending{File: f, target: path}, nil
	}
}

// Target is the path that Commit gives the file.
func (p *Pending) Target() string { return p.target }

// Commit makes the content last and gives the file its name, replacing what was there. When it fails nothing is left behind and the old
// file stays, unless only the flushing of the folder failed.
func (p *Pending) Commit() error {
	err := p.Finish()
	if err == nil {
		err = Rename(p.Name(), p.target)
	}
	if err != nil {
		return errors.Join(err, p.Close())
	}
	p.File = nil
	return SettleFolder(p.target)
}

// Finish makes the content last and closes the file, which is still beside its target: for who looks at it before Commit.
func (p *Pending) Finish() error {
	if p.finished {
		return nil
	}
	err := p.Sync()
	if closed := p.File.Close(); err == nil {
		err = closed
	}
	p.finished = err == nil
	return err
}

// Close abandons the file unless Commit has renamed it.
func (p *Pending) Close() error {
	if p.File == nil {
		return nil
	}
	name := p.Name()
	_ = p.File.Close() // Finish may have done so
	p.File = nil
	return Remove(name)
}

// Copy writes the file at from to path, whole or not at all.
func Copy(from, path string, mode fs.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	p, err := Begin(path, mode)
	if err != nil {
		return err
	}
	defer p.Close()
	if _, err := io.CopyBuffer(struct{ io.Writer }{p}, struct{ io.Reader }{in}, make([]byte, 1<<20)); err != nil {
		return err
	}
	return p.Commit()
}

// WriteFile writes the text to path, whole or not at all.
func WriteFile(path string, text []byte, mode fs.FileMode) error {
	p, err := Begin(path, mode)
	if err != nil {
		return err
	}
	defer p.Close()
	if _, err := p.Write(text); err != nil {
		return err
	}
	return p.Commit()
}

const (
	pendingPrefix = ".consign-"
	// abandoned is how long a pending file rests until it is one that a killed program has left, if nothing else tells.
	abandoned = time.Hour
)

// pendingName tells who writes the file, so that another run knows whether it still does: computer, process and chance.
func pendingName() string {
	return fmt.Sprintf("%s%s-%d-%08x.part", pendingPrefix, computer(), os.Getpid(), rand.Uint32())
}

func computer() string {
	name, _ := os.Hostname()
	h := fnv.New32a()
	h.Write([]byte(name))
	return fmt.Sprintf("%08x", h.Sum32())
}

// ClearAbandoned removes from a folder the pending files of programs that were killed: what another process of this computer has left
// that runs no more, and what nobody has touched for an hour.
func ClearAbandoned(folder string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), pendingPrefix) || !e.Type().IsRegular() {
			continue
		}
		if s, err := e.Info(); err == nil && (isOfDead(e.Name()) || time.Since(s.ModTime()) > abandoned) {
			_ = Remove(filepath.Join(folder, e.Name())) // the next run tries again
		}
	}
}

func isOfDead(name string) bool {
	parts := strings.SplitN(strings.TrimPrefix(name, pendingPrefix), "-", 3)
	if len(parts) != 3 || parts[0] != computer() {
		return false
	}
	pid, err := strconv.Atoi(parts[1])
	return err == nil && pid != os.Getpid() && !isRunning(pid)
}

// Matching are the paths in a folder whose names fit the pattern. Unlike for filepath.Glob the folder may be called anything: there is no
// escape for brackets on Windows. It has none where the folder cannot be read.
func Matching(folder, pattern string) []string {
	names, _ := fs.Glob(os.DirFS(folder), pattern)
	for i, name := range names {
		names[i] = filepath.Join(folder, name)
	}
	return names
}

// PrivateCopy copies the file at path, and those beside it with the endings that are there, into a folder of their own that only this
// user may read. end removes it.
func PrivateCopy(path string, endings ...string) (copied string, end func(), err error) {
	for _, folder := range Matching(os.TempDir(), pendingPrefix+"*") {
		if s, err := os.Lstat(folder); err == nil && s.IsDir() && isOfDead(filepath.Base(folder)) {
			_ = os.RemoveAll(folder)
		}
	}
	folder := filepath.Join(os.TempDir(), pendingName())
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", nil, err
	}
	end = func() { os.RemoveAll(folder) }
	copied = filepath.Join(folder, "copy")
	for _, ending := range append([]string{""}, endings...) {
		if ending != "" && !Exists(path+ending) {
			continue
		}
		if err := Copy(path+ending, copied+ending, Private); err != nil {
			end()
			return "", nil, err
		}
	}
	return copied, end, nil
}
