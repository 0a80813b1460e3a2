package desk

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
)

// posted is what other goroutines have brought for Fyne's, which tests take themselves.
type posted struct {
	mu   sync.Mutex
	todo []func()
}

func (p *posted) post(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.todo = append(p.todo, f)
}

// until does what was posted until it is so, ten minutes at most.
func (p *posted) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Minute); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within ten minutes", what)
		}
		p.mu.Lock()
		todo := p.todo
		p.todo = nil
		p.mu.Unlock()
		for _, f := range todo {
			f()
		}
	}
}

// colleague is the register of another desk.
type colleague struct {
	*data.Register
	t              *testing.T
	north, contoso model.Account
	made           int
}

// besideAColleague is a program with a desk on a server that goes through a wire, and the register of another desk, whose person is Anna.
func besideAColleague(t *testing.T) (*program, *posted, *colleague, *postgrestest.Wire) {
	t.Helper()
	if !postgrestest.Wanted() {
		t.Skip("a register in a file is for one desk")
	}
	path := postgrestest.Invite(t, filepath.Join(t.TempDir(), "anna.consign"))
	r, err := data.Open(path, data.Options{Person: "Anna"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	c := &colleague{Register: r, t: t}
	add := func(kind model.AccountKind, id, name string, ours bool) model.Account {
		a, err := r.Accounts().Add(t.Context(), model.Account{Kind: kind, KnoxID: id, CompanyName: name, Country: "DE", Ours: ours})
		require.NoError(t, err)
		return a
	}
	c.north, c.contoso = add(model.Reseller, "4680000925", "Northwind Mobile", true), add(model.Customer, "4600001586", "Contoso", false)
	c.upload(30)
	wire, through := postgrestest.NewWire(t, path)
	p, q := newProgram(t, t.TempDir()), &posted{}
	p.Own, p.Post = through, q.post
	p.Start(false, true)
	require.NotNil(t, p.desk, uitest.Texts(p.Window))
	return p, q, c, wire
}

func (c *colleague) upload(n int) {
	c.t.Helper()
	devices := make([]model.NewDevice, n)
	for i := range devices {
		c.made++
		serial := "R9" + string(rune('A'+c.made/26%26)) + string(rune('A'+c.made%26)) + "00000"
		devices[i] = model.NewDevice{Identifiers: model.Identifiers{Serial: serial}, Model: "SM-A556B"}
	}
	_, _, err := c.Uploads().Add(c.t.Context(), model.NewUpload{ResellerID: c.north.ID, TargetID: c.contoso.ID,
		UploadedBy: model.As(model.Reseller, c.north.ID)}, devices, nil)
	require.NoError(c.t, err)
}

func TestPageFollowsAnotherDeskAndKeepsSelectionPlaceFocusAndWhatIsTyped(t *testing.T) {
	p, q, anna, _ := besideAColleague(t)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices})
	uitest.MustShow(t, p.Window, "R9BE00000")
	uitest.Type(t, p.Window, "Search any identifier or a part of it", "R9")
	search := p.Window.Canvas().Focused()
	uitest.KeysInTable(t, p.Window, fyne.KeyDown, fyne.KeyDown)
	p.Window.Canvas().Focus(search)
	uitest.MustShow(t, p.Window, "30 of 30 shown · 1 selected")
	uitest.Walk(p.Window, func(o fyne.CanvasObject) bool {
		rows, is := o.(fyne.Scrollable)
		if _, focusable := o.(fyne.Focusable); is && focusable {
			rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -200)})
		}
		return false
	})
	require.False(t, uitest.Shows(p.Window, "R9BE00000"), "it is scrolled away")
	places := placesOfDevices(p.Window)
	require.NotEmpty(t, places)

	anna.upload(12)
	q.until(t, "said", func() bool { return uitest.Shows(p.Window, "Anna: Devices uploaded to Contoso: 12.") })
	uitest.MustShow(t, p.Window, "42 of 42 shown · 1 selected")
	now := placesOfDevices(p.Window)
	for device, at := range places {
		require.Equal(t, at, now[device], "%s stands elsewhere", device)
	}
	require.True(t, p.Window.Canvas().Focused() == search, "the keyboard stays")
	require.True(t, search == uitest.FindEntry(p.Window, "Search any identifier or a part of it"))
	typed := false
	uitest.Walk(p.Window, func(o fyne.CanvasObject) bool {
		text, is := o.(*canvas.Text)
		typed = typed || is && text.Text == "R9"
		return false
	})
	require.True(t, typed, "what is typed stays")
}

// placesOfDevices are where serial numbers stand on screen.
func placesOfDevices(w fyne.Window) map[string]fyne.Position {
	places := map[string]fyne.Position{}
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if text, is := o.(*canvas.Text); is && strings.HasPrefix(text.Text, "R9") && len(text.Text) > 2 {
			places[text.Text] = fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		}
		return false
	})
	return places
}

func TestDeskIsMarkedWhileItsServerIsAwayAndReadsAgainWhenItIsBack(t *testing.T) {
	p, q, anna, wire := besideAColleague(t)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices})
	uitest.MustShow(t, p.Window, "R9BE00000")
	wire.Cut(true)
	q.until(t, "marked", func() bool { return uitest.Shows(p.Window, "Away from the server") })
	uitest.MustShow(t, p.Window, "R9BE00000")
	uitest.Press(p.Window, &fyne.ShortcutUndo{})
	uitest.MustShow(t, p.Window, "R9BE00000", "not to be reached")
	require.Nil(t, p.Window.Canvas().Overlays().Top(), "the mark has said it")
	anna.upload(7)
	wire.Cut(false)
	q.until(t, "not marked", func() bool { return !uitest.Shows(p.Window, "Away from the server") })
	uitest.MustShow(t, p.Window, "37")
	require.NoError(t, p.desk.register.Away())
}

func TestListThatIsOpenedWhileTheServerIsAwayStaysAndIsJudgedWhenItIsBack(t *testing.T) {
	p, q, _, wire := besideAColleague(t)
	wire.Cut(true)
	q.until(t, "marked", func() bool { return uitest.Shows(p.Window, "Away from the server") })
	list := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(list, []byte("Serial number;Model\nR9BE00000;SM-A556B\nR9ZZ12345;SM-A556B\n"), 0o600))
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: 0, Files: []string{list}})
	uitest.MustShow(t, p.Window, "list.csv")
	require.False(t, uitest.Shows(p.Window, "already registered 1"))
	wire.Cut(false)
	q.until(t, "judged", func() bool { return uitest.Shows(p.Window, "already registered 1") })
	uitest.MustShow(t, p.Window, "R9BE00000", "R9ZZ12345")
}
