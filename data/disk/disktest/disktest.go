// Package disktest lets work on files meet trouble at every one of its calls: the call fails, it and all later ones fail, the process
// is killed there, or the power is lost there. Tests alone use it.
package disktest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
)

// Work is something that a program does with files in a folder.
type Work struct {
	Name  string
	Ready func(t testing.TB, folder string)                 // makes the old state
	Do    func(folder string) error                         // the work, also in a child process
	State func(t testing.TB, folder, when string) (s State) // as the next start finds it; fails the test if it is neither
}

// State is what work has left.
type State string

// The states.
const (
	Old State = "old"
	New State = "new"
)

// troubles are what happens at a call.
var troubles = []string{"fails", "all fail", "killed", "power lost"}

const (
	envWork   = "CONSIGN_DISK_WORK"
	envFolder = "CONSIGN_DISK_FOLDER"
	envCall   = "CONSIGN_DISK_CALL"
	envHow    = "CONSIGN_DISK_TROUBLE"
	stopped   = 7       // exit code of a child that reached its call
	never     = 1 << 30 // the number of a call that no work reaches
)

// Main does the work of a child process and ends it. TestMain calls it first; in the test's own process it does nothing.
func Main(works ...Work) {
	name := os.Getenv(envWork)
	if name == "" {
		return
	}
	for _, w := range works {
		if w.Name == name {
			os.Exit(child(w))
		}
	}
	fmt.Fprintln(os.Stderr, "no such work:", name)
	os.Exit(2)
}

func child(w Work) int {
	folder := os.Getenv(envFolder)
	at, _ := strconv.Atoi(os.Getenv(envCall))
	lost, p := os.Getenv(envHow) == "power lost", newPower()
	n := 0
	end := disk.OnCall(func(c disk.Call) error {
		if n++; n == at {
			if lost {
				p.lose()
			}
			os.Exit(stopped)
		}
		p.note(c)
		return nil
	})
	err := w.Do(folder)
	end()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if lost {
		p.lose() // the work said that it is done
	}
	return 0
}

// Table lets each work meet every trouble at every call, and prints what was left. After those that leave most behind the work is done
// once more without trouble, which must succeed.
func Table(t *testing.T, works ...Work) {
	for _, w := range works {
		t.Run(w.Name, func(t *testing.T) {
			ready := t.TempDir()
			w.Ready(t, ready)
			calls := count(t, w, ready)
			line := fmt.Sprintf("%-44s %3d calls", w.Name, calls)
			for _, how := range troubles {
				left := map[State]int{}
				for n := 1; n <= calls; n++ {
					left[meet(t, w, ready, how, n)]++
				}
				line += fmt.Sprintf(" | %s: %3d old %3d new", how, left[Old], left[New])
			}
			// the calls are not as many each time: Windows is asked again for a file that it holds
			require.Equal(t, New, meet(t, w, ready, "power lost", never), "what is reported as done outlasts a loss of power")
			t.Log(line)
		})
	}
}

func count(t *testing.T, w Work, ready string) (n int) {
	folder := copyOf(t, ready)
	defer disk.OnCall(func(disk.Call) error { n++; return nil })()
	require.NoError(t, w.Do(folder))
	require.Equal(t, New, w.State(t, folder, "without trouble"))
	require.Positive(t, n)
	return n
}

// meet does the work on a copy of what is ready, with the trouble at the n-th call, and returns what is left.
func meet(t *testing.T, w Work, ready, how string, n int) State {
	when := fmt.Sprintf("%s: call %d %s", w.Name, n, how)
	folder := copyOf(t, ready)
	defer os.RemoveAll(folder)
	switch how {
	case "killed", "power lost":
		run := exec.Command(os.Args[0])
		run.Env = append(os.Environ(), envWork+"="+w.Name, envFolder+"="+folder, envCall+"="+strconv.Itoa(n), envHow+"="+how)
		var said strings.Builder
		run.Stderr = &said
		if err := run.Run(); err != nil {
			require.Equal(t, stopped, run.ProcessState.ExitCode(), "%s: %s", when, said.String())
		}
	default:
		fail(w, folder, how, n)
	}
	left := w.State(t, folder, when)
	require.Contains(t, []State{Old, New}, left, when)
	if how == "killed" || how == "all fail" { // what they leave behind must not be in the way
		require.NoError(t, w.Do(folder), "once more after %s", when)
		require.Equal(t, New, w.State(t, folder, "once more after "+when))
	}
	return left
}

func fail(w Work, folder, how string, at int) {
	n := 0
	defer disk.OnCall(func(disk.Call) error {
		if n++; n == at || n > at && how == "all fail" {
			return &os.PathError{Op: "call " + strconv.Itoa(n), Err: errors.Join(errOnDemand, syscall.EIO)}
		}
		return nil
	})()
	_ = w.Do(folder) // what it leaves is looked at; some failures are not worth an error
}

var errOnDemand = errors.New("fails on demand")

func copyOf(t *testing.T, ready string) string {
	folder, err := os.MkdirTemp(t.TempDir(), "")
	require.NoError(t, err)
	require.NoError(t, os.CopyFS(folder, os.DirFS(ready)))
	return folder
}

// power knows what of the files would be there after a loss of power: the contents that were flushed under the names that were
// flushed with their folders. Everything else is dropped.
type power struct {
	live, lasting map[string]*content // by path
}

type content struct{ flushed []byte }

func newPower() *power { return &power{map[string]*content{}, map[string]*content{}} }

// of is the content under a name now. What was there before the work began, was flushed.
func (p *power) of(path string) *content {
	if c := p.live[path]; c != nil || p.lasting[path] != nil {
		return c
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	c := &content{text}
	p.live[path], p.lasting[path] = c, c
	return c
}

// note takes a call into account that is about to be made.
func (p *power) note(c disk.Call) {
	switch c.Op {
	case disk.Making:
		p.live[c.Path] = &content{}
	case disk.Writing, disk.Cutting:
		p.of(c.Path)
	case disk.Flushing:
		if of := p.of(c.Path); of != nil {
			of.flushed, _ = os.ReadFile(c.Path)
		}
	case disk.Renaming:
		p.of(c.To)
		p.live[c.To] = p.of(c.Path)
		delete(p.live, c.Path)
	case disk.Removing:
		p.of(c.Path)
		delete(p.live, c.Path)
	case disk.Settling:
		for path := range p.lasting {
			if filepath.Dir(path) == c.Path && p.live[path] == nil {
				delete(p.lasting, path)
			}
		}
		for path, of := range p.live {
			if filepath.Dir(path) == c.Path {
				p.lasting[path] = of
			}
		}
	}
}

// lose leaves of the files what outlasts a loss of power.
func (p *power) lose() {
	for path := range p.live {
		if p.lasting[path] == nil {
			os.Remove(path)
		}
	}
	for path, of := range p.lasting {
		if err := os.WriteFile(path, of.flushed, 0o600); err != nil {
			panic(err)
		}
	}
}
