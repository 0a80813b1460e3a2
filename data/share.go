package data

import (
	"context"
	"path/filepath"
	"strings"

	"consign/data/disk"
	"consign/model/search"
)

// Sharing says where a register goes that several desks shall work in, and who they are.
type Sharing struct {
	Server  Server // with the login of the server's administrator, whose password is used for this alone
	Persons []Person
	Folder  string // where their invitations are written
}

// Share makes a shared register on a server with all that this one holds, and an invitation without a password for each person, whose
// paths it returns in the order of persons. What has arrived is compared with what was sent, table by table; when anything fails nothing
// of it is on the server. This register stays as it is: acts that it does afterwards are in the other one no more. Errors: Exists,
// Invalid, Refused, Denied, Away, Unreadable, and Unwritable for the invitations. Safe on any goroutine.
func (d Safe) Share(ctx context.Context, s Sharing, progress Progress) ([]string, error) {
	paths := make([]string, len(s.Persons))
	for i, p := range s.Persons {
		paths[i] = filepath.Join(s.Folder, fileName(p.Name)+InvitationEnding)
	}
	if err := disk.MakeFolder(s.Folder); err != nil {
		return nil, disk.Unwritable(s.Folder, err)
	}
	if err := found(ctx, d.desk, s, progress); err != nil {
		return nil, d.desk.told(err)
	}
	for i, p := range s.Persons {
		if err := invite(paths[i], s.Server, p.Login); err != nil {
			return nil, disk.Unwritable(paths[i], err)
		}
	}
	return paths, nil
}

// InvitationEnding is how the name of a file ends that leads to a shared register.
const InvitationEnding = ".consign"

// fileName is a person's name as every file system takes it.
func fileName(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|.`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name))
}

// Keep has the register file at path, which is not open, kept as it is: nobody works in it any more by mistake.
func Keep(path string) error {
	if err := disk.Protect(path); err != nil {
		return disk.Unwritable(path, err)
	}
	return nil
}

// IsShared reports whether several desks work in the register.
func (r *Register) IsShared() bool { return r.Role() != "" }

// LoginOf is a login as it is made of a person's name: Anna Weiß is anna.weiss.
func LoginOf(name string) string {
	words := strings.FieldsFunc(search.Fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, ".")
}

// CopyBackup makes a register of one desk of a backup: the backup stays as it is.
func CopyBackup(from, to string) error {
	if err := disk.Copy(from, to, disk.Private); err != nil {
		return disk.Unwritable(to, err)
	}
	return nil
}
