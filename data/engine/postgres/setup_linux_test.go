package postgres_test

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"consign/data/engine/postgres"
	"consign/data/engine/postgres/postgrestest"
)

// apart runs a script as root in a place of its own: what it changes in /etc, /var and /run is gone with it, and so is what it has started.
const apart = `set -e
folder=$1
mount -t tmpfs tmpfs "$folder"
for d in etc var run; do
	mkdir -p "$folder/$d/upper" "$folder/$d/work"
	mount -t overlay overlay -o "lowerdir=/$d,upperdir=$folder/$d/upper,workdir=$folder/$d/work" "/$d"
done
`

// runsApart has the script run there, which says «ready» at its end and waits; the test is left out where that is not possible.
func runsApart(t *testing.T, script string, args ...string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can have a place of its own")
	}
	in := func(text string, args ...string) *exec.Cmd {
		own := []string{"-m", "-p", "-f", "--mount-proc", "--kill-child", "sh", "-c", apart + text, "sh"}
		return exec.Command("unshare", append(own, args...)...)
	}
	folder := t.TempDir()
	if out, err := in("", folder).CombinedOutput(); err != nil {
		t.Skipf("no place of its own is to be had here: %s", out)
	}
	command := in(script+"\necho ready\ncat >/dev/null", append([]string{folder}, args...)...)
	hold, err := command.StdinPipe()
	require.NoError(t, err)
	says, err := command.StdoutPipe()
	require.NoError(t, err)
	command.Stderr = command.Stdout
	require.NoError(t, command.Start())
	t.Cleanup(func() { hold.Close(); _ = command.Wait() })
	var all []string
	for lines := bufio.NewScanner(says); lines.Scan(); {
		if lines.Text() == "ready" {
			t.Log(strings.Join(all, "\n"))
			return
		}
		all = append(all, lines.Text())
	}
	t.Fatal(strings.Join(all, "\n"))
}

// TestDebianScriptSetsTheServerUpAndMayRunAgain runs it on a Debian machine without changing that, shares a register there, and makes and
// reads the nightly backup.
func TestDebianScriptSetsTheServerUpAndMayRunAgain(t *testing.T) {
	if _, err := exec.LookPath("pg_lsclusters"); err != nil || !postgrestest.Wanted() {
		t.Skip("this is no Debian with its server")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	folder := t.TempDir()
	at, err := postgres.WriteSetup(folder, "127.0.0.1", port, true)
	require.NoError(t, err)
	runsApart(t, `
		sh "$2/debian.sh"
		sh "$2/debian.sh"
		test "$(grep -c "^hostssl consign " /etc/postgresql/*/*/pg_hba.conf)" = 1
		test "$(cd / && su postgres -c "psql -p $3 -qAtc 'SHOW shared_buffers'")" != 128MB # which a server has by itself
		test "$(stat -c %U:%a /etc/postgresql/*/*/consign.key)" = postgres:600
		sed -n 's/^30 2 \* \* \* postgres //p' /etc/cron.d/consign | sed 's/\\%/%/g' > /var/tmp/nightly
		su postgres -s /bin/sh -c "sh /var/tmp/nightly"
		su postgres -s /bin/sh -c "pg_restore --list /var/backups/consign/*.dump" | grep -q "Dumped from database version"
	`, folder, strconv.Itoa(port))
	require.NoError(t, postgres.Try(ctx, at))
	anna, _ := founded(t, at)
	require.Equal(t, "Anna", opened(t, anna).Login().Person)
}

// TestScriptsOfTheServersFilesAreWhole: every shell reads them.
func TestScriptsOfTheServersFilesAreWhole(t *testing.T) {
	for _, debian := range []bool{false, true} {
		folder := t.TempDir()
		_, err := postgres.WriteSetup(folder, "192.168.1.20", 5432, debian)
		require.NoError(t, err)
		scripts := []string{filepath.Join(folder, "setup", "backups.sh")}
		if debian {
			scripts = []string{filepath.Join(folder, "debian.sh")}
		}
		for _, script := range scripts {
			out, err := exec.Command("sh", "-n", script).CombinedOutput()
			require.NoError(t, err, "%s", out)
		}
	}
}

// TestNightlyBackupOfTheContainersIsMadeAndTheOldestGoes runs the container's script with the server's programs.
func TestNightlyBackupOfTheContainersIsMadeAndTheOldestGoes(t *testing.T) {
	c, at := secured(t)
	founded(t, at)
	files, setup := t.TempDir(), filepath.Join(c.Folder, "setup")
	_, err := postgres.WriteSetup(files, "127.0.0.1", at.Port, false)
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(files, "setup", "backups.sh"))
	require.NoError(t, err)
	backups := filepath.Join(c.Folder, "backups")
	for _, folder := range []string{setup, backups} {
		require.NoError(t, os.Mkdir(folder, 0o700))
		c.Own(folder)
	}
	c.Write("setup/password", at.Password)
	script := c.Write("backups.sh", strings.NewReplacer("/setup/", setup+"/", "/backups", backups).Replace(string(text)))
	for n := range 31 { // of the month before
		c.Write("backups/register 2020-01-"+time.Date(2020, 1, n+1, 0, 0, 0, 0, time.UTC).Format("02")+".dump", "old")
	}
	old := time.Now().AddDate(0, -1, 0)
	all, err := filepath.Glob(filepath.Join(backups, "*.dump"))
	require.NoError(t, err)
	for _, path := range all {
		require.NoError(t, os.Chtimes(path, old, old))
	}
	ended := make(chan struct{})
	go func() { // it goes on forever
		defer close(ended)
		_, _ = c.Try("/usr/bin/env", "PATH="+c.Programs+":"+os.Getenv("PATH"), "PGHOST=127.0.0.1", "PGUSER="+at.User, "PGDATABASE="+at.Database,
			"PGSSLMODE=require", "timeout", "20", "sh", script)
	}()
	made := filepath.Join(backups, "register "+time.Now().Format(time.DateOnly)+".dump")
	require.Eventually(t, func() bool {
		left, _ := filepath.Glob(filepath.Join(backups, "*.dump"))
		_, err := os.Stat(made)
		return err == nil && len(left) == 30
	}, time.Minute, 50*time.Millisecond)
	require.Contains(t, c.Run("pg_restore", "--list", made), "TABLE DATA consign devices")
	<-ended
}

// TestComposeFileSaysWhatDockerReads holds the file to the names that the format has (compose-spec), and to files that are written with it.
func TestComposeFileSaysWhatDockerReads(t *testing.T) {
	folder := t.TempDir()
	_, err := postgres.WriteSetup(folder, "192.168.1.20", 5433, false)
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(folder, "compose.yaml"))
	require.NoError(t, err)
	require.NotContains(t, string(text), "{{")
	type service struct {
		Image       string            `yaml:"image"`
		Restart     string            `yaml:"restart"`
		ShmSize     string            `yaml:"shm_size"`
		Ports       []string          `yaml:"ports"`
		DependsOn   []string          `yaml:"depends_on"`
		Environment map[string]string `yaml:"environment"`
		Volumes     []string          `yaml:"volumes"`
		Entrypoint  []string          `yaml:"entrypoint"`
	}
	var compose struct {
		Services map[string]service `yaml:"services"`
		Volumes  map[string]any     `yaml:"volumes"`
	}
	strict := yaml.NewDecoder(strings.NewReader(string(text)))
	strict.KnownFields(true)
	require.NoError(t, strict.Decode(&compose))
	require.Len(t, compose.Services, 2)
	for name, s := range compose.Services {
		require.Regexp(t, `^postgres:(1[5-9]|[2-9]\d)$`, s.Image, name)
		require.Equal(t, "unless-stopped", s.Restart)
		require.NotEmpty(t, s.Entrypoint)
		for _, on := range s.DependsOn {
			require.Contains(t, compose.Services, on)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if !strings.HasPrefix(from, "./") {
				require.Contains(t, compose.Volumes, from, name)
			} else if from != "./backups" { // which Docker makes
				require.DirExists(t, filepath.Join(folder, from))
			}
		}
	}
	register := compose.Services["register"]
	memory := regexp.MustCompile(`shared_buffers=\$(\$\(awk .*/proc/meminfo\))MB`).FindStringSubmatch(register.Entrypoint[2])
	require.Len(t, memory, 2)
	given, err := exec.Command("sh", "-c", "test "+strings.ReplaceAll(memory[1], "$$", "$")+" -gt 0").CombinedOutput()
	require.NoError(t, err, "%s", given)
	for _, file := range []string{"server.key", "server.crt", "pg_hba.conf"} {
		require.Contains(t, register.Entrypoint[2], "/setup/"+file)
		require.FileExists(t, filepath.Join(folder, "setup", file))
	}
	require.FileExists(t, filepath.Join(folder, "setup", filepath.Base(register.Environment["POSTGRES_PASSWORD_FILE"])))
	require.Equal(t, "register", compose.Services["backups"].Environment["PGHOST"])
}
