package sheet

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"consign/model"
)

// Pending is a file that appears under its name whole or not at all: it is written beside its
// target and renamed by Commit. Use it from one goroutine at a time.
type Pending struct {
	*os.File
	target string
}

const (
	pendingName = ".consign-*.part"
	// abandoned is how long a pending file rests until it is one that a killed program has left.
	abandoned = time.Hour
)

// NewPending starts a file that Commit will put at path, and clears away what a killed program has left beside it. The folder of
// path must exist.
func NewPending(path string) (*Pending, error) {
	clearAbandoned(filepath.Dir(path))
	f, err := os.CreateTemp(filepath.Dir(path), pendingName)
	if err != nil {
		return nil, Unwritable(path, err)
	}
	return &Pending{File: f, target: path}, nil
}

func clearAbandoned(folder string) {
	left, _ := fs.Glob(os.DirFS(folder), pendingName)
	for _, name := range left {
		path := filepath.Join(folder, name)
		if s, err := os.Lstat(path); err == nil && s.Mode().IsRegular() && time.Since(s.ModTime()) > abandoned {
			os.Remove(path)
		}
	}
}

// Commit makes the content durable and gives the file its name, replacing what was there.
// On an error nothing is left behind and the old file stays.
func (p *Pending) Commit() error {
	err := p.Sync()
	if err == nil {
		err = p.Chmod(0o644) // CreateTemp made it 0600; a list is meant to be passed on
	}
	if closeErr := p.File.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(p.Name(), p.target)
	}
	if err != nil {
		os.Remove(p.Name())
		return Unwritable(p.target, err)
	}
	p.File = nil
	syncFolder(filepath.Dir(p.target))
	return nil
}

// Close abandons the file unless Commit was called, so that it can be deferred.
func (p *Pending) Close() error {
	if p.File == nil {
		return nil
	}
	err := p.File.Close()
	if errors.Is(err, os.ErrClosed) {
		return nil // Commit failed and has cleaned up
	}
	if removeErr := os.Remove(p.Name()); err == nil {
		err = removeErr
	}
	return err
}

// syncFolder makes the new name durable. Not every system can; the content is safe either way.
func syncFolder(folder string) {
	if d, err := os.Open(folder); err == nil {
		d.Sync()
		d.Close()
	}
}

// Unwritable says why path could not be written.
func Unwritable(path string, err error) *model.Error {
	name := filepath.Base(path)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return model.Fail(model.DiskFull, "The disk is full: {{.Name}} was not written. Make room or choose another folder.", "Name", name).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return model.Fail(model.Unwritable, "{{.Name}} may not be written here. Choose another folder.", "Name", name).Because(err)
	case errors.Is(err, fs.ErrNotExist):
		return model.Fail(model.Unwritable, "The folder for {{.Name}} does not exist.", "Name", name).Because(err)
	}
	return model.Fail(model.Unwritable, "{{.Name}} could not be written. Is it open in another program?", "Name", name).Because(err)
}
