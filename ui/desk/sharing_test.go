package desk

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"github.com/zalando/go-keyring"

	"consign/data"
	"consign/data/engine/postgres"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/engine/postgres/postgrestest/curt"
	"consign/model"
	"consign/ui/control"
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
	for tab, pages := range map[page.Tab]map[string][]string{
		page.ResellerTab: {page.Customers: {"ADD CUSTOMER", "Import accounts…"}, page.Uploads: {"New upload"}, page.Devices: {"Portal errors…"},
			page.Orders: {"Add order…", "Orders from a list…"}},
		page.MSPTab:      {page.Resellers: {"REGISTER RESELLER"}, page.Uploads: {"Receive upload…"}, page.Customers: {"ADD CUSTOMER"}},
		page.SettingsTab: {page.Directory: {"Add account…", "Import accounts…"}, "colleagues": {"Add a colleague…"}},
	} {
		for name, buttons := range pages {
			p.desk.Go(page.Place{Tab: tab, Page: name})
			for _, text := range buttons {
				off := buttonsOf(p.Window, text)
				require.NotEmpty(t, off, "%s of %s", text, name)
				for _, b := range off {
					require.True(t, b.Disabled(), "%s of %s", text, name)
					require.NotEmpty(t, b.Why)
				}
			}
		}
	}
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: "register"})
	require.Empty(t, buttonsOf(p.Window, "Restore…"), "a shared register is not restored from a desk")
	require.Empty(t, buttonsOf(p.Window, "Restore a file…"))

	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Orders})
	anna, err := data.Open(paths[0], data.Options{})
	require.NoError(t, err)
	defer anna.Close()
	require.NoError(t, anna.Safe().ChangeRole(t.Context(), persons[2].Login, model.Clerk))
	q.until(t, "the page is made anew for another role", func() bool { return !buttonsOf(p.Window, "Add order…")[0].Disabled() })
	uitest.MustShow(t, p.Window, "Your role in this register has changed: Clerk.")
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	require.False(t, buttonsOf(p.Window, "ADD CUSTOMER")[0].Disabled(), "and so is one that was seen before")
}

func TestInvitationThatIsOpenedWithConsignLeadsToItsRegister(t *testing.T) {
	if !postgrestest.Wanted() {
		t.Skip("there is no server: make check-server has one")
	}
	keyring.MockInit()
	invitation := postgrestest.Invite(t, filepath.Join(t.TempDir(), "anna.consign"))
	r, err := data.Open(invitation, data.Options{})
	require.NoError(t, err)
	require.NoError(t, r.Close())
	p := newProgram(t, t.TempDir())
	p.Start(false, false)
	uitest.MustShow(t, p.Window, "Welcome to Consign")
	p.Take([]string{invitation})
	uitest.MustShow(t, p.Window, "anna.consign leads to a register on a server.")
	uitest.Tap(t, p.Window, "Open")
	require.Equal(t, invitation, p.desk.Register().Path())
	require.Equal(t, invitation, p.Own, "the next start opens it, too")
}

// TestColleagueIsAddedGivenAnotherRoleAndAPasswordAndRemoved does so with real widgets as an administrator of a shared register.
func TestColleagueIsAddedGivenAnotherRoleAndAPasswordAndRemoved(t *testing.T) {
	if !postgrestest.Wanted() {
		t.Skip("there is no server: make check-server has one")
	}
	keyring.MockInit()
	at := postgrestest.Place(t)
	source := uitest.NewOffice(t)
	persons := []data.Person{{Name: "Anna", Login: at.Schema + "_anna", Role: model.Administrator}}
	paths, err := source.Safe().Share(t.Context(), data.Sharing{Server: at, Persons: persons, Folder: t.TempDir()}, nil)
	require.NoError(t, err)
	p, q := newProgram(t, t.TempDir()), &posted{}
	p.Own, p.Post = paths[0], q.post
	p.Start(false, true)
	w := p.Window
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: "register"})
	uitest.Tap(t, w, "Colleagues…")
	uitest.MustShow(t, w, "Who works here", "Anna", "Administrator", at.Schema+"_anna")
	uitest.KeysInTable(t, w, "Down")
	uitest.MustShow(t, w, "Another administrator does this with your own login.")
	uitest.Tap(t, w, "Add a colleague…")
	uitest.Tap(t, w, "Add")
	uitest.MustShow(t, w, "This is needed.")
	name := at.Schema + " emil" // a login of its own among the server's
	uitest.Type(t, w, "Name", name)
	uitest.Tap(t, w, "Add")
	folder := t.TempDir()
	uitest.Type(t, w, "", folder)
	uitest.Tap(t, w, "Choose")
	login := data.LoginOf(name)
	uitest.MustShow(t, w, name+" may work here now", login)
	uitest.Tap(t, w, "Copy the password")
	require.Regexp(t, `^[a-z0-9]{4}(-[a-z0-9]{4}){3}$`, p.App.Clipboard().Content())
	uitest.Tap(t, w, "Close")
	require.FileExists(t, filepath.Join(folder, name+data.InvitationEnding))
	t.Cleanup(func() { _ = p.desk.register.Safe().RemoveColleague(t.Context(), login) })
	role := func() model.Role {
		all, err := p.desk.register.Safe().Colleagues(t.Context())
		require.NoError(t, err)
		for _, c := range all {
			if c.Login == login {
				return c.Role
			}
		}
		return "gone"
	}
	require.Equal(t, model.Clerk, role())
	q.until(t, "the list has them", func() bool { return uitest.Shows(w, login) })
	uitest.KeysInTable(t, w, "End")
	uitest.MustShow(t, w, "1 selected")
	uitest.Tap(t, w, "Change the role…")
	uitest.Pick(t, w, "Approvers: everything but that")
	uitest.Tap(t, w, "Save")
	require.Equal(t, model.Approver, role())
	q.until(t, "the list says so", func() bool { return uitest.Shows(w, "Approver") })
	remove := func() {
		uitest.KeysInTable(t, w, "End", "Delete")
		uitest.MustShow(t, w, "Remove "+name+"?", "What they did stays in the log under their name.")
	}
	remove()
	uitest.Tap(t, w, "Cancel")
	require.Equal(t, model.Approver, role())
	remove()
	uitest.Tap(t, w, "Remove the colleague")
	require.Equal(t, model.Role("gone"), role())
}

// buttonsOf are the buttons on screen with the caption.
func buttonsOf(w fyne.Window, caption string) (found []*control.Button) {
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if b, is := o.(*control.Button); is && b.Text == caption {
			found = append(found, b)
		}
		return false
	})
	return found
}
