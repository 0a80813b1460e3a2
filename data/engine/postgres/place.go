package postgres

import (
	"bytes"
	"encoding/json"
	"net"
	"net/url"
	"os"
	"strconv"

	"consign/data/disk"
	"consign/model"
)

// Place says where a shared register is, and who opens it.
type Place struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Database string `json:"database"`
	Schema   string `json:"schema"`
	User     string `json:"user"`
	// Root is the certificate of the authority that vouches for the server, as PEM; "" for those that the machine knows.
	Root     string `json:"root,omitempty"`
	Password string `json:"-"`
}

// url is the place as a connection string. A server on this machine needs no certificate; every other one is verified in full, and one
// whose authority the place names.
func (p Place) url() string {
	mode := "verify-full"
	if p.Loopback() && p.Root == "" {
		mode = "disable"
	}
	u := url.URL{Scheme: "postgres", Host: net.JoinHostPort(p.Host, strconv.Itoa(p.Port)), Path: p.Database,
		RawQuery: url.Values{"sslmode": {mode}}.Encode(), User: url.User(p.User)}
	if p.Password != "" {
		u.User = url.UserPassword(p.User, p.Password)
	}
	return u.String()
}

// Loopback reports whether the server is on this machine.
func (p Place) Loopback() bool {
	ip := net.ParseIP(p.Host)
	return p.Host == "localhost" || ip != nil && ip.IsLoopback()
}

// kind is how a file says that it leads to a shared register.
const kind = "shared register"

// invitation is a file that leads to a shared register: a Place, without a password.
type invitation struct {
	Consign string `json:"consign"`
	Place
}

// longest is more than an invitation takes.
const longest = 64 << 10

// ReadInvitation reads the file at path; is reports whether it is an invitation at all.
func ReadInvitation(path string) (p Place, is bool, err error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || info.Size() > longest {
		return Place{}, false, nil // whoever opens it as something else says why not
	}
	text, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return Place{}, false, nil
	}
	var i invitation
	if err := json.Unmarshal(text, &i); err != nil || i.Consign != kind {
		return Place{}, false, nil
	}
	if i.Host == "" || i.Port < 1 || i.Port > 65535 || i.Database == "" || i.Schema == "" || i.User == "" {
		return Place{}, true, model.Fail(model.Invalid, "The invitation is incomplete. Ask for a new one.")
	}
	return i.Place, true, nil
}

// WriteInvitation writes the file that leads to the place.
func WriteInvitation(path string, p Place) error {
	text, err := json.MarshalIndent(invitation{kind, p}, "", "  ")
	if err != nil {
		return err
	}
	return disk.WriteFile(path, append(text, '\n'), disk.Private)
}
