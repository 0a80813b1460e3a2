// Package unfinished keeps uploads in the making beside their register, any number of them, until they are made or given up. What is given
// up can be taken back for a day. The functions of files may run on any goroutine, the widgets belong to Fyne's.
package unfinished

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"consign/data/disk"
	"consign/data/intake"
	"consign/model"
)

// Upload is what people are told of an upload in the making. It is the first line of its file, so that uploads are listed without reading
// what their lists hold; the second line is the page's.
type Upload struct {
	At       time.Time `json:"at"`
	Acting   int64     `json:"acting"` // account
	Party    int64     `json:"party"`  // account that was chosen, 0 for none
	Customer string    `json:"customer,omitempty"`
	Lines    int       `json:"lines,omitempty"`
	Person   string    `json:"person,omitempty"`
	Lists    []List    `json:"lists,omitempty"`

	// Path is where it is kept.
	Path string `json:"-"`
	// Kind and KnoxID are those of the acting account: a reseller, or an MSP that receives the upload.
	Kind   model.AccountKind `json:"-"`
	KnoxID string            `json:"-"`
	// Scans is how many devices a scan session holds that is kept with it.
	Scans int `json:"-"`
}

// List is a list of an upload.
type List struct {
	Name string `json:"name"`
}

// Names are the lists, as people call them.
func (u Upload) Names() string {
	names := make([]string, len(u.Lists))
	for i, l := range u.Lists {
		names[i] = l.Name
	}
	return strings.Join(names, ", ")
}

// The endings of the files that belong to an upload: the journal of its scans, and what a file that was given up is called.
const (
	scanEnding  = "-scan"
	givenUp     = ".given-up"
	givenUpStay = 24 * time.Hour
)

// beginnings begin what stands behind the register in the name of a kept upload.
var beginnings = map[model.AccountKind]string{model.Reseller: ".upload-", model.MSP: ".receive-"}

// NewPath is where the next upload of an account is kept: beside the register, under a name of its own.
func NewPath(register string, acting model.Account) string {
	return register + beginnings[acting.Kind] + acting.KnoxID + "-" + strconv.FormatInt(time.Now().UnixNano(), 36)
}

// ScanPath is where the scans of the upload at path are kept.
func ScanPath(path string) string { return path + scanEnding }

// All lists the unfinished uploads beside a register, the newest first. What was given up is none of them, nor is a file that cannot be
// read. Off Fyne's goroutine, as is Of.
func All(register string) []Upload {
	seen := map[string]bool{}
	var all []Upload
	for _, path := range uploadsBeside(register) {
		path = strings.TrimSuffix(path, scanEnding)
		if seen[path] || strings.HasSuffix(path, givenUp) {
			continue
		}
		seen[path] = true
		kind, knoxID := actingOf(register, path)
		if u, ok := load(path); ok {
			u.Kind, u.KnoxID = kind, knoxID
			all = append(all, u)
		}
	}
	slices.SortStableFunc(all, func(a, b Upload) int { return b.At.Compare(a.At) })
	return all
}

// Of lists the unfinished uploads of an account.
func Of(register string, acting model.Account) []Upload {
	return slices.DeleteFunc(All(register), func(u Upload) bool { return u.Kind != acting.Kind || u.KnoxID != acting.KnoxID })
}

// actingOf is whose upload is kept at a path, no kind for a file that is no upload. A Knox ID holds digits only.
func actingOf(register, path string) (kind model.AccountKind, knoxID string) {
	for kind, beginning := range beginnings {
		if rest, ok := strings.CutPrefix(path, register+beginning); ok {
			knoxID, _, _ = strings.Cut(rest, "-")
			return kind, knoxID
		}
	}
	return "", ""
}

// besides are the files whose path begins so.
func besides(beginning string) []string {
	folder, name := filepath.Split(beginning)
	entries, err := os.ReadDir(filepath.Clean(folder))
	if err != nil {
		return nil
	}
	var paths []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), name) {
			paths = append(paths, folder+e.Name())
		}
	}
	return paths
}

// Keep writes an upload to its path, whole or not at all: first what is told of it, then whole, which goes on with it. Off Fyne's
// goroutine.
func Keep(path string, told Upload, whole any) error {
	head, err := json.Marshal(told)
	if err != nil {
		return err
	}
	rest, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	if err := disk.WriteFile(path, slices.Concat(head, []byte("\n"), rest), disk.Private); err != nil {
		return disk.Unwritable(path, err)
	}
	return nil
}

// Open reads what Keep wrote into whole; of scans alone there is nothing. Earlier versions wrote one line, with all in it. Errors: Damaged
// for what cannot be read. Off Fyne's goroutine.
func Open(path string, whole any) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, rest, found := bytes.Cut(text, []byte("\n")); found {
		text = rest
	}
	if err == nil {
		err = json.Unmarshal(text, whole)
	}
	if err != nil {
		return model.Fail(model.Damaged, "What is kept of this upload cannot be read. It stays where it is.").Because(err)
	}
	return nil
}

// load reads what is told of the upload at path; ok is false if there is nothing to go on with.
func load(path string) (u Upload, ok bool) {
	if file, err := os.Open(path); err == nil {
		head, _ := bufio.NewReader(file).ReadBytes('\n')
		if json.Unmarshal(head, &u) != nil {
			u = Upload{}
		}
		_ = file.Close()
	}
	u.Path = path
	if at, err := os.Stat(ScanPath(path)); err == nil {
		if u.At.Before(at.ModTime()) {
			u.At = at.ModTime()
		}
		if devices, party, err := intake.LookAtScan(ScanPath(path)); err == nil {
			u.Scans = devices
			if u.Party == 0 {
				u.Party = party
			}
		}
	}
	return u, len(u.Lists) > 0 || u.Scans > 0
}

// GiveUp throws an upload away, so that it is no longer listed. TakeBack has it again.
func GiveUp(path string) error {
	return move(path, func(p string) (from, to string) { return p, p + givenUp })
}

// TakeBack takes back that an upload was thrown away.
func TakeBack(path string) error {
	return move(path, func(p string) (from, to string) { return p + givenUp, p })
}

// move renames the files of the upload at path. One that is not there is none of it.
func move(path string, names func(string) (from, to string)) error {
	for _, p := range []string{ScanPath(path), path} {
		from, to := names(p)
		if err := disk.Rename(from, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return disk.Unwritable(to, err)
		}
	}
	return nil
}

// Forget removes an upload that was made.
func Forget(path string) error {
	for _, p := range []string{path, ScanPath(path)} {
		if err := disk.Remove(p); err != nil {
			return disk.Unwritable(p, err)
		}
	}
	return nil
}

// Follow copies the unfinished uploads beside the register at from to beside the one at to, where it was copied. Off Fyne's goroutine.
func Follow(from, to string) error {
	for _, path := range uploadsBeside(from) {
		text, err := os.ReadFile(path)
		if err == nil {
			err = disk.WriteFile(to+strings.TrimPrefix(path, from), text, disk.Private)
		}
		if err != nil {
			return disk.Unwritable(to, err)
		}
	}
	return nil
}

// ForgetAll removes the unfinished uploads beside the register at path, which followed it elsewhere. Off Fyne's goroutine.
func ForgetAll(path string) error {
	for _, path := range uploadsBeside(path) {
		if err := disk.Remove(path); err != nil {
			return disk.Unwritable(path, err)
		}
	}
	return nil
}

// uploadsBeside are the files of uploads beside a register, those that were given up, too.
func uploadsBeside(register string) []string {
	return slices.DeleteFunc(besides(register), func(path string) bool {
		kind, _ := actingOf(register, path)
		return kind == ""
	})
}

// Clear removes what was given up more than a day ago.
func Clear(register string) {
	for _, path := range uploadsBeside(register) {
		if !strings.HasSuffix(path, givenUp) {
			continue
		}
		if at, err := os.Stat(path); err == nil && time.Since(at.ModTime()) > givenUpStay {
			_ = disk.Remove(path)
		}
	}
}
