//go:build linux

package newupload_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/newupload"
	"consign/ui/page"
	"consign/ui/uitest"
)

// The test binary runs again as a child that works on the page and is killed at a random moment, or whose disk is full: no file of it
// may grow beyond a number of bytes (RLIMIT_FSIZE), which fails as a full disk does, in the middle of a write. An environment variable
// names its work.
const (
	crashWork   = "CONSIGN_CRASH_WORK"
	crashFolder = "CONSIGN_CRASH_FOLDER"
	crashBytes  = "CONSIGN_CRASH_BYTES"
)

const (
	crashLines  = 5_000
	crashLong   = 200_000 // lines of the list that is killed while it is read
	crashImport = "list.csv"
	crashExport = "out"
	crashReady  = "ready" // what the child says once it works
)

// crashes are the kinds of work. Each goes on until the child is killed, or says an error.
var crashes = map[string]func(*bench, string){
	"reviewing": func(b *bench, folder string) {
		b.page.Drop([]string{filepath.Join(folder, crashImport)})
		for n := 0; len(b.desk.Failed) == 0; n++ {
			b.typeIn("as you write it", "PO"+strconv.Itoa(n)) // each change is kept
			fmt.Println(crashReady)
		}
	},
	"reading": func(b *bench, folder string) {
		go func() { // the list is kept before its lines are read
			for {
				if kept, _ := filepath.Glob(filepath.Join(folder, "consign.db.upload-*")); len(kept) > 0 {
					fmt.Println(crashReady)
					return
				}
				time.Sleep(time.Millisecond)
			}
		}()
		b.page.Drop([]string{filepath.Join(folder, crashImport)})
	},
	"three": func(b *bench, _ string) {
		for n := range 3 {
			b.open(newupload.Options{})
			b.page.Paste(imei(n))
		}
		for n := 0; len(b.desk.Failed) == 0; n++ {
			b.typeIn("as you write it", "PO"+strconv.Itoa(n))
			fmt.Println(crashReady)
		}
	},
	"scanning": func(b *bench, _ string) {
		b.tap("Scan…")
		for n := 0; len(b.desk.Failed) == 0; n++ {
			b.scan(imei(n), "R5"+strconv.Itoa(100_000_000+n))
			fmt.Println(crashReady, n+1)
		}
	},
	"uploading": func(b *bench, folder string) {
		b.choose("Contoso")
		b.page.Drop([]string{filepath.Join(folder, crashImport)})
		fmt.Println(crashReady)
		b.tap("Upload 5,000 devices")
	},
	"exporting": func(b *bench, folder string) {
		for n := 0; len(b.desk.Failed) == 0; n++ {
			ending := []string{".csv", ".xlsx"}[n%2]
			path := filepath.Join(folder, crashExport+strconv.Itoa(n/2)+ending)
			fmt.Println(crashReady)
			if err := export(b.office.Register, b.office.North, path); err != nil {
				b.desk.Fail(err)
			}
		}
	},
}

// export writes the devices of a reseller as a table.
func export(r *data.Register, reseller model.Account, path string) error {
	w, err := sheet.Create(path, sheet.Table{Name: "Devices", Format: sheet.FormatOf(path),
		Columns: []sheet.Column{{Title: "IMEI"}, {Title: "Serial number"}}})
	if err != nil {
		return err
	}
	defer w.Close()
	all := model.DeviceSelection{All: true, Query: model.DeviceQuery{View: model.As(model.Reseller, reseller.ID)}}
	if err := r.Devices().Each(context.Background(), all, func(d model.Device) error {
		return w.Write([]string{d.IMEI1,
			d.Serial})
	}); err != nil {
		return err
	}
	return w.Commit(context.Background())
}

// crashBench opens the office of a folder as the program does at its next start.
func crashBench(t *testing.T, folder string) *bench {
	r, err := data.Open(filepath.Join(folder, "consign.db"), data.Options{MustExist: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	b := &bench{T: t, office: &uitest.Office{Register: r}}
	b.office.North, err = r.Accounts().Lookup(t.Context(), model.Reseller, "4680000925")
	require.NoError(t, err)
	b.office.MSP, err = r.Accounts().Lookup(t.Context(), model.MSP, "1979621309")
	require.NoError(t, err)
	b.open(newupload.Options{})
	return b
}

// newCrashFolder is an office with a list beside it that can be uploaded, and for exporting with that many devices.
func newCrashFolder(t *testing.T, work string) string {
	office := uitest.NewOffice(t)
	_, err := office.Customers().Add(t.Context(), office.North.ID, office.Contoso.ID, "")
	require.NoError(t, err)
	if work == "exporting" {
		office.Uploaded(office.North, office.Contoso, crashLines)
	}
	folder := t.TempDir()
	require.NoError(t, office.Safe().Backup(t.Context(), filepath.Join(folder, "consign.db")))
	lines := crashLines
	if work == "reading" {
		lines = crashLong
	}
	var list strings.Builder
	list.WriteString("IMEI,Serial number\n")
	for n := range lines {
		fmt.Fprintf(&list, "%s,R5%d\n", imei(n), 100_000_000+n)
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, crashImport), []byte(list.String()), 0o600))
	return folder
}

// crash runs the work in a child until it ends or, with kill, for some time more after it has begun. It returns what the child said.
func crash(t *testing.T, work, folder string, bytes int, kill time.Duration) string {
	child := exec.Command(os.Args[0], "-test.run", "^TestCrashChild$")
	child.Env = append(os.Environ(), crashWork+"="+work, crashFolder+"="+folder, crashBytes+"="+strconv.Itoa(bytes))
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	var said strings.Builder
	lines := bufio.NewReader(io.TeeReader(out, &said))
	for line := ""; err == nil && !strings.HasPrefix(line, crashReady); {
		line, err = lines.ReadString('\n')
	}
	if kill > 0 {
		time.AfterFunc(kill, func() { _ = child.Process.Kill() })
	}
	_, _ = io.Copy(io.Discard, lines)
	_ = child.Wait()
	return said.String()
}

// TestCrashChild is the child.
func TestCrashChild(t *testing.T) {
	work, ok := crashes[os.Getenv(crashWork)]
	if !ok {
		t.Skip("it works only for the crash tests")
	}
	folder := os.Getenv(crashFolder)
	b := crashBench(t, folder)
	if bytes, _ := strconv.ParseUint(os.Getenv(crashBytes), 10, 64); bytes > 0 {
		signal.Ignore(syscall.SIGXFSZ)
		require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes}))
	}
	work(b, folder)
	for _, err := range b.desk.Failed {
		fmt.Println("said:", page.ErrorText(err))
	}
}

func TestWorkThatIsKilledIsWholeAndOfferedAgain(t *testing.T) {
	for work := range crashes {
		t.Run(work, func(t *testing.T) {
			folder := newCrashFolder(t, work)
			said := crash(t, work, folder, 0, time.Duration(1+rand.Int64N(int64(400*time.Millisecond))))
			b := crashBench(t, folder)
			b.requireWhole(work, folder)
			switch devices := b.uploadedDevices(); {
			case work == "reviewing", work == "uploading" && devices == 0:
				b.shows("Not finished", crashImport)
				b.tap("Go on with it")
				b.shows("5,000 devices")
			case work == "three":
				require.Len(t, b.lists(), 3)
				b.shows("Not finished", "1 line")
				b.tap("Go on with it")
				b.shows("Upload 1 device")
			case work == "reading":
				b.shows("Not finished", crashImport)
				b.tap("Go on with it")
				b.shows("200,000 devices")
			case work == "scanning":
				kept := strings.Count(said, crashReady)
				b.shows("A scan session with ")
				b.tap("Go on with it")
				b.tap(b.reviewButton(kept))
			}
		})
	}
}

// reviewButton is the button that ends a scan session of at least so many devices. The child may have scanned one more than it said.
func (b *bench) reviewButton(kept int) string {
	b.Helper()
	for n := kept; n <= kept+1; n++ {
		if text := fmt.Sprintf("Review %s devices", page.Number(n)); uitest.Shows(b.desk.Window(), text) {
			return text
		}
	}
	require.Fail(b, "scans are lost", "%d were confirmed; on screen: %q", kept, uitest.Texts(b.desk.Window()))
	return ""
}

func TestFullDiskIsSaidAndNothingIsHalf(t *testing.T) {
	for work, bytes := range map[string]int{"reading": 100, "reviewing": 100, "scanning": 300, "uploading": 200_000, "exporting": 20_000} {
		t.Run(work, func(t *testing.T) {
			folder := newCrashFolder(t, work)
			said := crash(t, work, folder, bytes, 0)
			require.Contains(t, said, "said: ", "the disk was not full")
			b := crashBench(t, folder)
			b.requireWhole(work, folder)
			left, err := filepath.Glob(filepath.Join(folder, ".consign-*"))
			require.NoError(t, err)
			require.Empty(t, left, "what could not be written was left there")
			if work == "scanning" {
				b.shows("A scan session with ")
			}
			b.page.Drop([]string{filepath.Join(folder, crashImport)}) // there is room again
			if work == "reading" {
				b.shows("200,000 devices")
			} else {
				b.shows("5,000")
			}
		})
	}
}

// uploadedDevices counts the devices that the reseller sees.
func (b *bench) uploadedDevices() int {
	n, err := b.office.Devices().Count(b.Context(), model.DeviceQuery{View: model.As(model.Reseller, b.office.North.ID)})
	require.NoError(b, err)
	return n
}

// requireWhole holds that uploads are whole or absent and that every file under its final name is.
func (b *bench) requireWhole(work, folder string) {
	b.Helper()
	devices := b.uploadedDevices()
	switch work {
	case "exporting":
		require.Equal(b, crashLines, devices)
	case "uploading":
		require.Contains(b, []int{0, crashLines}, devices)
	default:
		require.Zero(b, devices)
	}
	files, err := filepath.Glob(filepath.Join(folder, crashExport+"*"))
	require.NoError(b, err)
	for _, path := range files {
		f, err := sheet.Open(path)
		require.NoError(b, err)
		rows := 0
		for _, err := range f.Rows(b.Context(), 0) {
			require.NoError(b, err)
			rows++
		}
		require.NoError(b, f.Close())
		require.Equal(b, crashLines+1, rows, path)
	}
}
