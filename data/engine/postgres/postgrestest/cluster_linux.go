package postgrestest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Cluster is a server of the test's own, with Debian's programs, as an ordinary user, which ends with the test.
type Cluster struct {
	Port int
	// Folder is for what the server may read and write beside its data.
	Folder string
	// Programs is the folder of the server's programs.
	Programs string

	tb   testing.TB
	user *syscall.Credential // nil: this one
}

// Superuser is the login that may do everything, from this machine without a password where the server's pg_hba.conf says so.
const Superuser = "boss"

// NewCluster makes a server that is not started yet. The test is left out where the server's programs are not.
func NewCluster(tb testing.TB) *Cluster {
	tb.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if !Wanted() || len(found) == 0 {
		tb.Skip("there is no server: make check-server has one")
	}
	c := &Cluster{tb: tb, Programs: found[len(found)-1]}
	var err error
	if c.Folder, err = os.MkdirTemp("/tmp", "cluster"); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { os.RemoveAll(c.Folder) })
	if os.Getuid() == 0 { // the server does not run as root
		account, err := user.Lookup("postgres")
		if err != nil {
			tb.Skip("there is no ordinary user for the server:", err)
		}
		uid, _ := strconv.Atoi(account.Uid)
		gid, _ := strconv.Atoi(account.Gid)
		c.user = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		c.Own(c.Folder)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	c.Port = listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	c.Run("initdb", "-D", c.data(), "-E", "UTF8", "--locale=C", "-A", "trust", "-U", Superuser)
	return c
}

func (c *Cluster) data() string { return filepath.Join(c.Folder, "data") }

// Own gives a file or folder to the server's user.
func (c *Cluster) Own(path string) {
	c.tb.Helper()
	if c.user == nil {
		return
	}
	if err := os.Chown(path, int(c.user.Uid), int(c.user.Gid)); err != nil {
		c.tb.Fatal(err)
	}
}

// Write writes a file for the server.
func (c *Cluster) Write(name, text string) (path string) {
	c.tb.Helper()
	path = filepath.Join(c.Folder, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.tb.Fatal(err)
	}
	c.Own(path)
	return path
}

// Run runs one of the server's programs, or one with a whole path, as the server's user, and returns what it says.
func (c *Cluster) Run(program string, args ...string) string {
	c.tb.Helper()
	out, err := c.Try(program, args...)
	if err != nil {
		c.tb.Fatalf("%s: %v\n%s", program, err, out)
	}
	return out
}

// Try is Run of what may fail.
func (c *Cluster) Try(program string, args ...string) (string, error) {
	if !filepath.IsAbs(program) {
		program = filepath.Join(c.Programs, program)
	}
	command := exec.Command(program, args...)
	command.Dir = c.Folder
	command.Env = append(os.Environ(), "PGHOST="+c.Folder, "PGPORT="+strconv.Itoa(c.Port), "PGUSER="+Superuser, "PGDATABASE=postgres",
		"HOME="+c.Folder)
	command.SysProcAttr = &syscall.SysProcAttr{Credential: c.user}
	log, err := os.CreateTemp("", "says") // and no pipe, which the server would keep
	if err != nil {
		return "", err
	}
	defer os.Remove(log.Name())
	defer log.Close()
	command.Stdout, command.Stderr = log, log
	err = command.Run()
	text, _ := os.ReadFile(log.Name())
	return string(text), err
}

// Start starts the server with settings such as "ssl=on"; it ends with the test.
func (c *Cluster) Start(settings ...string) {
	c.tb.Helper()
	options := fmt.Sprintf("-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off", c.Port, c.Folder)
	for _, s := range settings {
		options += " -c " + s
	}
	c.Run("pg_ctl", "-D", c.data(), "-l", filepath.Join(c.Folder, "log"), "-w", "-o", options, "start")
	c.tb.Cleanup(func() { _, _ = c.Try("pg_ctl", "-D", c.data(), "-m", "immediate", "stop") })
}

// SQL runs statements as the superuser.
func (c *Cluster) SQL(statements string) string {
	c.tb.Helper()
	return strings.TrimSpace(c.Run("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statements))
}
