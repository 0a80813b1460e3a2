package desk

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zalando/go-keyring"

	"consign/data"
	"consign/data/engine/postgres"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/engine/postgres/postgrestest/curt"
	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
)

// TestRegisterIsSharedByTheAssistantWhichGoesOnThereAndBack takes a register to a server with real widgets, works there as the person whose
// invitation it is, and goes back to one desk.
func TestRegisterIsSharedByTheAssistantWhichGoesOnThereAndBack(t *testing.T) {
	if !postgrestest.Wanted() {
		t.Skip("there is no server: make check-server has one")
	}
	keyring.MockInit()
	at := postgrestest.Place(t)
	at.Schema = "consign"
	postgrestest.DropLater(t, at)
	p := northwind(t)
	w, old := p.Window, p.Own
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: "register"})
	uitest.Tap(t, w, "Share this register…")
	uitest.MustShow(t, w, "On a NAS or a PC that stays on", "On a Debian server")
	uitest.Tap(t, w, "Next")
	uitest.Tap(t, w, "Next")
	uitest.MustShow(t, w, "Enter the server's name or address", "This is needed.")
	uitest.Type(t, w, "Address", net.JoinHostPort(at.Host, strconv.Itoa(at.Port)))
	uitest.Type(t, w, "Database", at.Database)
	uitest.Type(t, w, "Administrator of the server", at.User)
	uitest.Tap(t, w, "Next")
	uitest.MustShow(t, w, "Who works here?")
	uitest.Type(t, w, "Administrators: everything, settings and updates too", "Anna Weiß")
	uitest.Type(t, w, "Clerks: no approving, deleting and delinking", "Clara")
	uitest.Tap(t, w, "Share")
	folder := filepath.Join(t.TempDir(), "invitations")
	require.NoError(t, os.Mkdir(folder, 0o700))
	uitest.Type(t, w, "", folder)
	uitest.Tap(t, w, "Choose")
	uitest.MustShow(t, w, "The register is shared", "Anna Weiß · Administrator", "Clara · Clerk")
	uitest.Tap(t, w, "Copy the passwords")
	lines := strings.Split(p.App.Clipboard().Content(), "\n")
	require.Len(t, lines, 3)
	require.Regexp(t, `^Anna Weiß\tanna\.weiss\t[a-z0-9]{4}(-[a-z0-9]{4}){3}$`, lines[0])
	password := strings.Split(lines[0], "\t")[2]
	invitation := filepath.Join(folder, "Anna Weiß"+data.InvitationEnding)
	text, err := os.ReadFile(invitation)
	require.NoError(t, err)
	require.NotContains(t, string(text), password)

	uitest.Tap(t, w, "Open the shared register")
	require.Equal(t, invitation, p.desk.register.Path())
	require.Equal(t, model.Administrator, p.desk.register.Role())
	require.Equal(t, "Anna Weiß", p.desk.register.Person())
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
	kept, err := keyring.Get("Consign", "anna.weiss@"+at.Host+":"+strconv.Itoa(at.Port)+"/"+at.Database+"/consign")
	require.NoError(t, err)
	require.Equal(t, password, kept)
	info, err := os.Stat(old)
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o222, "the file is for reading")
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: "register"})
	uitest.MustShow(t, w, "Your role", "Administrator", "Anna Weiß, Clara")

	uitest.Tap(t, w, "Back to one desk…")
	back := filepath.Join(t.TempDir(), "back.db")
	uitest.Type(t, w, "", back)
	uitest.Tap(t, w, "Save")
	require.Equal(t, back, p.desk.register.Path())
	require.Empty(t, p.desk.register.Role())
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
}

// TestPasswordIsAskedForUntilTheServerTakesItAndKeptNowhereElse has a server that takes none.
func TestPasswordIsAskedForUntilTheServerTakesItAndKeptNowhereElse(t *testing.T) {
	for name, there := range map[string]bool{"with a keyring": true, "without one": false} {
		t.Run(name, func(t *testing.T) {
			keyring.MockInit()
			if !there {
				keyring.MockInitWithError(os.ErrNotExist)
			}
			p := newProgram(t, t.TempDir())
			p.Own = filepath.Join(t.TempDir(), "anna.consign")
			require.NoError(t, postgres.WriteInvitation(p.Own, postgres.Place{Host: "127.0.0.1", Port: curt.Serve(t, nil, "28P01"),
				Database: "consign", Schema: "consign", User: "anna"}))
			p.Start(false, true)
			uitest.MustShow(t, p.Window, "Password for the shared register", "anna on 127.0.0.1")
			says := map[bool]string{true: "It is kept in the keyring of this computer", false: "This computer has no keyring"}
			uitest.MustShow(t, p.Window, says[there])
			uitest.Tap(t, p.Window, "Open")
			uitest.MustShow(t, p.Window, "Enter the password that the administrator")
			uitest.Type(t, p.Window, "Password", "guessed")
			uitest.Tap(t, p.Window, "Open")
			uitest.MustShow(t, p.Window, "The server does not accept this name or its password.")
			_, err := keyring.Get("Consign", "anna@127.0.0.1:5432/consign/consign")
			require.Error(t, err, "what is wrong is not kept")
			uitest.Tap(t, p.Window, "Cancel")
			uitest.MustShow(t, p.Window, "The register cannot be opened", "Open another register…", "Try again")
		})
	}
}

func TestFilesForAServerAreMadeByTheAssistantAndFillWhatItAsksNext(t *testing.T) {
	for _, where := range []string{"On a NAS or a PC that stays on", "On a Debian server"} {
		t.Run(where, func(t *testing.T) {
			p := northwind(t)
			w := p.Window
			p.desk.Go(page.Place{Tab: page.SettingsTab, Page: "register"})
			uitest.Tap(t, w, "Share this register…")
			uitest.Pick(t, w, where)
			uitest.Tap(t, w, "Next")
			uitest.Type(t, w, "Address", "192.168.1.20:70000")
			uitest.Tap(t, w, "Choose a folder…")
			uitest.MustShow(t, w, "The port is a number from 1 to 65535.")
			uitest.Type(t, w, "Address", "192.168.1.20")
			uitest.Tap(t, w, "Choose a folder…")
			folder := t.TempDir()
			uitest.Type(t, w, "", folder)
			uitest.Tap(t, w, "Choose")
			uitest.MustShow(t, w, "The files are in "+folder)
			require.FileExists(t, filepath.Join(folder, "setup", "server.key"))
			uitest.MustShow(t, w, "192.168.1.20", "consign_setup", "From the server's files")
		})
	}
}

func TestWhatARoleDoesNotAllowIsOffAndSaysWhy(t *testing.T) {
	if !postgrestest.Wanted() {
		t.Skip("there is no server: make check-server has one")
	}
	keyring.MockInit()
	at := postgrestest.Place(t)
	source := uitest.NewOffice(t)
	source.Uploaded(source.North, source.MSP, 3)
	persons := []data.Person{{Name: "Anna", Login: at.Schema + "_anna", Role: model.Administrator},
		{Name: "Clara", Login: at.Schema + "_clara", Role: model.Clerk}, {Name: "Dora", Login: at.Schema + "_dora", Role: model.RegisterReader}}
	paths, err := source.Safe().Share(t.Context(), data.Sharing{Server: at, Persons: persons, Folder: t.TempDir()}, nil)
	require.NoError(t, err)
	p, q := newProgram(t, t.TempDir()), &posted{}
	p.Own, p.Post = paths[1], q.post
	p.Start(false, true)
	p.desk.Go(page.Place{Tab: page.MSPTab, Page: page.Uploads})
	uitest.KeysInTable(t, p.Window, "Down")
	uitest.MustShow(t, p.Window, "APPROVE ALL DEVICES: As a clerk you may not do this")
	uitest.Tap(t, p.Window, "ACTIONS")
	uitest.Point(t, p.Window, "APPROVE ALL DEVICES")
	uitest.MustShow(t, p.Window, "it is for approvers and administrators")
	p.Window.Canvas().Overlays().Top().Hide()
	p.desk.End()
	p.desk = nil

	p = newProgram(t, t.TempDir())
	p.Own, p.Post = paths[2], q.post
	p.Start(false, true)
	uitest.MustShow(t, p.Window, "As a reader you may look at everything in this register, and change nothing.")
}
