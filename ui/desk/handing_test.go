package desk

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/ui/system"
	"consign/ui/uitest"
)

// oneDevice is a list that an office may open from the desktop, in a folder whose name asks for care.
func oneDevice(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Müller & Söhne 日本.csv")
	require.NoError(t, os.WriteFile(path, []byte("IMEI\n359876543210124\n"), 0o600))
	return path
}

// knownOffice is the folder of a register that has an account of ours and is not open.
func knownOffice(t *testing.T) string {
	t.Helper()
	p := northwind(t)
	p.desk.End()
	p.desk = nil
	return filepath.Dir(p.Own)
}

func TestFilesAsArgumentsBecomeANewUpload(t *testing.T) {
	p := newProgram(t, knownOffice(t))
	p.Take([]string{oneDevice(t)})
	p.Start(false, true)
	require.True(t, uitest.Shows(p.Window, "359876543210124"))
}

func TestFilesWaitUntilTheOfficeHasSaidWhoItIs(t *testing.T) {
	p := newProgram(t, t.TempDir())
	p.Take([]string{oneDevice(t)})
	p.Start(false, false)
	require.True(t, uitest.Shows(p.Window, "Welcome to Consign"))
	uitest.Tap(t, p.Window, "We are a reseller")
	uitest.Type(t, p.Window, "Company name", "Northwind Mobile")
	uitest.Type(t, p.Window, "Reseller ID", "4680 0009-25")
	uitest.Type(t, p.Window, "Country", "Germany")
	uitest.Tap(t, p.Window, "Add")
	p.Take(nil) // as the clock does
	require.True(t, uitest.Shows(p.Window, "359876543210124"))
}

func TestFurtherStartOpensItsFilesHere(t *testing.T) {
	p := northwind(t)
	p.Receive([]string{oneDevice(t)})
	require.True(t, uitest.Shows(p.Window, "359876543210124"))
}

func TestFilesWaitForTheAnswerToADialog(t *testing.T) {
	p := northwind(t)
	p.desk.help()
	p.Receive([]string{oneDevice(t)})
	require.False(t, uitest.Shows(p.Window, "359876543210124"))
	uitest.Tap(t, p.Window, "Close")
	p.Take(nil)
	require.True(t, uitest.Shows(p.Window, "359876543210124"))
}

func TestOpenRegisterIsFoundByFurtherStartsUntilItCloses(t *testing.T) {
	folder := knownOffice(t)
	p := newProgram(t, folder)
	p.Meeting = filepath.Join(folder, "running")
	p.Start(false, true)
	require.True(t, system.HandOver(p.Meeting, p.Own, nil))
	require.False(t, system.HandOver(p.Meeting, p.Sample, nil))
	p.Quit()
	require.False(t, system.HandOver(p.Meeting, p.Own, nil))
	p.desk = nil
}

func TestCheckForANewerVersionIsOfferedWhereItIsKnownWhere(t *testing.T) {
	p := northwind(t)
	require.NotContains(t, titles(p.desk), "Check for a newer version")
	p.Releases = "https://example.org/releases"
	require.Contains(t, titles(p.desk), "Check for a newer version")
}

func titles(d *Desk) (all []string) {
	for _, m := range d.commandMenus() {
		for _, group := range m.groups {
			for _, c := range group {
				all = append(all, c.title)
			}
		}
	}
	return all
}
