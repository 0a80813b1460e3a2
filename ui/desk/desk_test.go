package desk

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/office"
	"consign/ui/page"
	"consign/ui/task"
	"consign/ui/uitest"
)

// program is a program with the desk that it has open.
type program struct {
	*office.Program
	desk *Desk
}

// newProgram makes a program whose registers lie in the given folder and whose work is done at once.
func newProgram(t *testing.T, folder string) *program {
	t.Helper()
	task.Inline = true
	log := logrus.New()
	log.SetOutput(io.Discard)
	p := &program{Program: &office.Program{
		App: test.NewTempApp(t), Window: test.NewWindow(nil), Log: log, LogFolder: folder, Version: "test",
		Own: filepath.Join(folder, "register.db"), Sample: filepath.Join(folder, "sample.db"),
	}}
	p.Lay = func(o *office.Opened) office.Desk {
		p.desk = New(p.Program, o)
		return p.desk
	}
	t.Cleanup(func() {
		if p.desk != nil {
			p.desk.End()
		}
	})
	return p
}

// northwind is a program in which the office has become the reseller Northwind through the first door.
func northwind(t *testing.T) *program {
	t.Helper()
	p := newProgram(t, t.TempDir())
	p.Start(false, false)
	uitest.Tap(t, p.Window, "We are a reseller")
	uitest.Type(t, p.Window, "Company name", "Northwind Mobile")
	uitest.Type(t, p.Window, "Reseller ID", "4680 0009-25")
	uitest.Type(t, p.Window, "Country", "Germany")
	uitest.Tap(t, p.Window, "Add")
	return p
}

// adatum is an office that is an MSP and nothing else.
func adatum(t *testing.T) *program {
	t.Helper()
	p := newProgram(t, t.TempDir())
	p.Start(false, false)
	uitest.Tap(t, p.Window, "We are an MSP")
	uitest.Type(t, p.Window, "Company name", "Adatum Services")
	uitest.Type(t, p.Window, "MSP ID", "1979621309")
	uitest.Tap(t, p.Window, "Add")
	return p
}

func TestFirstStartAsksWhoWeAreAndOpensThatDesk(t *testing.T) {
	p := northwind(t)
	require.Equal(t, page.ResellerTab, p.desk.tab)
	require.Equal(t, model.Account{ID: p.desk.acting[model.Reseller].ID, Kind: model.Reseller, KnoxID: "4680000925",
		CompanyName: "Northwind Mobile", Country: "DE", Ours: true, CreatedAt: p.desk.acting[model.Reseller].CreatedAt},
		p.desk.Acting(model.Reseller))
	require.True(t, uitest.Shows(p.Window, "Acting as"))
	require.True(t, uitest.Shows(p.Window, "4680000925"))
}

func TestOurAccountIsCheckedInTheOrderOfItsFieldsAndAnUnusualIDTwice(t *testing.T) {
	p := newProgram(t, t.TempDir())
	p.Start(false, false)
	uitest.Tap(t, p.Window, "We are a reseller")
	uitest.Tap(t, p.Window, "Add")
	require.True(t, p.Window.Canvas().Focused() == uitest.FindEntry(p.Window, "Company name"))
	uitest.Type(t, p.Window, "Company name", "Northwind Mobile")
	uitest.Type(t, p.Window, "Reseller ID", "46800")
	uitest.Tap(t, p.Window, "Add")
	require.True(t, uitest.Shows(p.Window, "46800 has 5 digits"))
	uitest.Tap(t, p.Window, "Add")
	require.Equal(t, "46800", p.desk.Acting(model.Reseller).KnoxID)
}

func TestOfficeThatIsAnMSPTooAddsItOnItsTab(t *testing.T) {
	p := northwind(t)
	uitest.Tap(t, p.Window, "MSP")
	require.True(t, uitest.Shows(p.Window, "Not an MSP yet"))
	uitest.Tap(t, p.Window, "We are an MSP")
	uitest.Type(t, p.Window, "Company name", "Northwind Services")
	uitest.Type(t, p.Window, "MSP ID", "1979621309")
	uitest.Tap(t, p.Window, "Add")
	require.Equal(t, page.MSPTab, p.desk.tab)
	require.Equal(t, "Northwind Services", p.desk.Acting(model.MSP).CompanyName)
}

func TestSecondStartKnowsWhoWeAre(t *testing.T) {
	p := northwind(t)
	folder := filepath.Dir(p.Own)
	p.desk.End()
	p.desk = nil
	again := newProgram(t, folder)
	again.Start(false, true)
	require.Equal(t, "Northwind Mobile", again.desk.Acting(model.Reseller).CompanyName)
}

func TestSecondAccountOfOursIsChosenUnderActingAs(t *testing.T) {
	p := northwind(t)
	north := p.desk.Acting(model.Reseller)
	south, err := p.desk.register.Accounts().Add(t.Context(), model.Account{Kind: model.Reseller, KnoxID: "4680000926", CompanyName: "Südwind",
		Ours: true})
	require.NoError(t, err)
	require.Equal(t, north.ID, p.desk.Acting(model.Reseller).ID)
	uitest.Tap(t, p.Window, "Northwind Mobile")
	uitest.Choose(t, p.Window, "Südwind  4680000926")
	require.Equal(t, south.ID, p.desk.Acting(model.Reseller).ID)
	require.True(t, uitest.Shows(p.Window, "4680000926"))
}

func TestRegisterThatCannotBeOpenedSaysWhyAndOffersWaysOn(t *testing.T) {
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		says string
		way  string
	}{
		"missing": {func(*testing.T, string) {}, "The register is not there", "Start a new register"},
		"something else": {func(t *testing.T, path string) {
			require.NoError(t, os.WriteFile(path, []byte("Dear Sir or Madam,\n"), 0o600))
		}, "not a register", "Open another register…"},
		"in use": {func(t *testing.T, path string) {
			r, err := data.Open(path, data.Options{})
			require.NoError(t, err)
			require.NoError(t, r.Close()) // what makes it is in the file, and no housekeeping moves it there meanwhile
			r, err = data.Open(path, data.Options{})
			require.NoError(t, err)
			t.Cleanup(func() { _ = r.Close() })
		}, "open in another Consign", "Try again"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram(t, t.TempDir())
			c.make(t, p.Own)
			before, _ := os.ReadFile(p.Own)
			p.Start(false, true)
			require.True(t, uitest.Shows(p.Window, c.says), uitest.Texts(p.Window))
			require.NotNil(t, uitest.FindButton(p.Window, c.way))
			after, _ := os.ReadFile(p.Own)
			require.Equal(t, before, after)
		})
	}
}

func TestMissingRegisterIsMadeOnlyWhenAsked(t *testing.T) {
	p := newProgram(t, t.TempDir())
	p.Start(false, true)
	require.NoFileExists(t, p.Own)
	uitest.Tap(t, p.Window, "Start a new register")
	require.FileExists(t, p.Own)
	require.True(t, uitest.Shows(p.Window, "Welcome to Consign"))
}

func TestPresentRegisterStaysWhenAnotherCannotBeOpened(t *testing.T) {
	p := northwind(t)
	p.OpenAsync(filepath.Join(t.TempDir(), "elsewhere.db"))
	require.True(t, uitest.Shows(p.Window, "That did not work"))
	uitest.Key(p.Window, fyne.KeyEscape)
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
	_, err := p.desk.register.Accounts().Ours(t.Context(), model.Reseller)
	require.NoError(t, err, "the present register is still open")
}

func TestShortcutDoesNotActBehindADialog(t *testing.T) {
	p := northwind(t)
	help := &desktop.CustomShortcut{KeyName: fyne.Key3, Modifier: fyne.KeyModifierShortcutDefault}
	p.ShowError(model.Fail(model.NotFound, "The file does not exist."))
	uitest.Press(p.Window, help)
	require.Equal(t, page.ResellerTab, p.desk.tab)
	uitest.Key(p.Window, fyne.KeyEscape)
	uitest.Press(p.Window, help)
	require.Equal(t, page.ActivityTab, p.desk.tab)
}

func TestF1ShowsAllShortcuts(t *testing.T) {
	p := northwind(t)
	p.Window.Canvas().Unfocus()
	uitest.Key(p.Window, fyne.KeyF1)
	for _, says := range []string{"Ctrl+K", "Find a device", "Undo the last act", "Open this row"} {
		require.True(t, uitest.Shows(p.Window, says), says)
	}
}

func TestUndoTakesBackTheLatestActAfterSayingWhichItIs(t *testing.T) {
	p := northwind(t)
	account := p.desk.Acting(model.Reseller)
	_, err := p.desk.register.Accounts().Edit(t.Context(), account.ID, data.AccountUpdate{CompanyName: new("Northwind Mobile GmbH")})
	require.NoError(t, err)
	require.Equal(t, "Northwind Mobile GmbH", p.desk.Acting(model.Reseller).CompanyName)
	uitest.Press(p.Window, &fyne.ShortcutUndo{})
	require.True(t, uitest.Shows(p.Window, "Northwind Mobile GmbH edited."), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "Undo")
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
}

func TestCtrlZInAFieldUndoesTheTextAndNoAct(t *testing.T) {
	p := northwind(t)
	field := widget.NewEntry()
	p.desk.trails[page.ResellerTab].enter(&shown{place: page.Place{Tab: page.ResellerTab, Page: "test"}, page: &page.Page{Content: field}})
	p.desk.showTab(page.ResellerTab)
	p.Window.Canvas().Focus(field)
	test.Type(field, "abc")
	uitest.Press(p.Window, &fyne.ShortcutUndo{})
	require.NotEqual(t, "abc", field.Text)
	require.False(t, uitest.Shows(p.Window, "Undo the last act?"))
}

// put shows a page of the test's own on the Reseller tab.
func put(p *program, made *page.Page) {
	p.desk.trails[page.ResellerTab].enter(&shown{place: page.Place{Tab: page.ResellerTab, Page: "test"}, page: made})
	p.desk.showTab(page.ResellerTab)
}

func TestPageThatAsksIsLeftOnlyWhenItMayBe(t *testing.T) {
	p := northwind(t)
	var asked func()
	put(p, &page.Page{Title: "Unfinished", Content: widget.NewLabel("work"), Leave: func(leave func()) { asked = leave }})
	uitest.Tap(t, p.Window, "Activity")
	require.Equal(t, page.ResellerTab, p.desk.tab)
	asked()
	require.Equal(t, page.ActivityTab, p.desk.tab)
	uitest.Tap(t, p.Window, "Reseller")
	require.False(t, uitest.Shows(p.Window, "Unfinished"), "work that was given up is gone")
}

func TestStalePageReadsAgainWhenItIsSeen(t *testing.T) {
	p := northwind(t)
	reloads := 0
	put(p, &page.Page{Title: "Accounts", Content: widget.NewLabel("list"), Shows: data.AccountsChanged, Reload: func() { reloads++ }})
	add := func(id string) {
		_, err := p.desk.register.Accounts().Add(context.Background(), model.Account{Kind: model.Customer, KnoxID: id, CompanyName: "C" + id})
		require.NoError(t, err)
	}
	add("4600000001")
	require.Equal(t, 1, reloads, "on screen at once")
	uitest.Tap(t, p.Window, "Activity")
	add("4600000002")
	add("4600000003")
	require.Equal(t, 1, reloads, "not while nobody looks")
	uitest.Tap(t, p.Window, "Reseller")
	require.Equal(t, 2, reloads, "once for all that was missed")
	uitest.Tap(t, p.Window, "Activity")
	uitest.Tap(t, p.Window, "Reseller")
	require.Equal(t, 2, reloads, "nothing was missed")
}

func TestDetailStandsAboveItsListAndBackLeavesIt(t *testing.T) {
	p := northwind(t)
	put(p, &page.Page{Title: "List", Content: widget.NewLabel("list")})
	p.desk.trails[page.ResellerTab].push(&shown{place: page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: 7},
		page: &page.Page{Title: "Detail", Content: widget.NewLabel("detail")}})
	p.desk.showTab(page.ResellerTab)
	require.True(t, uitest.Shows(p.Window, "detail"))
	uitest.Tap(t, p.Window, "List")
	require.True(t, uitest.Shows(p.Window, "list"))
	require.False(t, uitest.Shows(p.Window, "detail"))
}

func TestBackAndForwardLeadToWhereOneWasAsItWasLeft(t *testing.T) {
	p := northwind(t)
	back := &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
	forward := &desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}
	at := func() page.Place { return p.desk.trails[p.desk.tab].top().place }
	start := at()
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices, Search: "35"})
	devices := pageOf(p.desk)
	p.desk.Go(page.Place{Tab: page.ActivityTab, Page: page.Log})
	uitest.Press(p.Window, back)
	require.True(t, pageOf(p.desk) == devices, "the very page, with its search")
	uitest.Press(p.Window, back)
	require.Equal(t, start, at())
	uitest.Press(p.Window, back)
	require.Equal(t, start, at(), "there is nothing before")
	uitest.Press(p.Window, forward)
	uitest.Press(p.Window, forward)
	require.Equal(t, page.ActivityTab, p.desk.tab)
	uitest.Press(p.Window, back)
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: page.Settings})
	uitest.Press(p.Window, forward)
	require.Equal(t, page.SettingsTab, p.desk.tab, "what lay ahead is gone")
}

func TestNothingLeadsBackToWorkThatWasGivenUp(t *testing.T) {
	p := northwind(t)
	put(p, &page.Page{Title: "Unfinished", Content: widget.NewLabel("work"), Leave: func(leave func()) { leave() }})
	uitest.Tap(t, p.Window, "Activity")
	uitest.Press(p.Window, &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	require.Equal(t, page.ResellerTab, p.desk.tab)
	require.False(t, uitest.Shows(p.Window, "Unfinished"))
}

func TestDroppedFilesGoToThePageThatTakesThem(t *testing.T) {
	p := northwind(t)
	var took []string
	put(p, &page.Page{Title: "Takes", Content: widget.NewLabel(""), Drop: func(paths []string) { took = paths }})
	p.desk.OpenFiles([]string{"/tmp/a.csv", "/tmp/b.csv"})
	require.Equal(t, []string{"/tmp/a.csv", "/tmp/b.csv"}, took)
}

func TestDroppedFilesBecomeANewUploadElsewhere(t *testing.T) {
	p := northwind(t)
	uitest.Tap(t, p.Window, "Activity")
	list := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(list, []byte("356938035643809\n"), 0o600))
	p.desk.OpenFiles([]string{list})
	require.Equal(t, page.NewUpload, p.desk.trails[page.ResellerTab].top().place.Page)
	require.True(t, uitest.Shows(p.Window, "list.csv"), uitest.Texts(p.Window))
}

func TestScaleWalksFromTheSmallestToTheLargest(t *testing.T) {
	p := northwind(t)
	for range 20 {
		p.ScaleBy(+1)
	}
	require.Equal(t, "3.00", os.Getenv("FYNE_SCALE"))
	for range 20 {
		p.ScaleBy(-1)
	}
	require.Equal(t, "0.80", os.Getenv("FYNE_SCALE"))
	p.ScaleBy(0)
	require.Equal(t, "1.00", os.Getenv("FYNE_SCALE"))
}
