package desk

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
)

// sampled is a program on the sample register, in a window of the smallest size.
func sampled(t *testing.T) *program {
	p := newProgram(t, t.TempDir())
	p.Start(true, false)
	p.Window.Resize(fyne.NewSize(1024, 700))
	return p
}

// stops are what the Tab key reaches one after another, from what it reaches first.
func stops(w fyne.Window) []fyne.Focusable {
	c := w.Canvas()
	c.Unfocus()
	var all []fyne.Focusable
	for {
		c.FocusNext()
		if f := c.Focused(); f == nil || slices.Contains(all, f) {
			return all
		} else {
			all = append(all, f)
		}
	}
}

// places are the entries of all tabs and a page of details of each kind.
func places(t *testing.T, p *program) []page.Place {
	var all []page.Place
	for _, tab := range tabs {
		for _, e := range entries(tab.tab) {
			all = append(all, page.Place{Tab: tab.tab, Page: e.Page})
		}
	}
	d := p.desk
	for _, kind := range []model.AccountKind{model.Reseller, model.MSP} {
		uploads, err := d.register.Uploads().IDs(t.Context(), model.UploadQuery{View: model.As(kind, d.acting[kind].ID)})
		require.NoError(t, err)
		all = append(all, page.Place{Tab: page.Tab(kind), Page: page.Upload, ID: uploads[0]})
	}
	customers, err := d.register.Customers().IDs(t.Context(), model.CustomerQuery{Reseller: d.acting[model.Reseller].ID})
	require.NoError(t, err)
	rows, err := d.register.Customers().Rows(t.Context(), d.acting[model.Reseller].ID, customers[:1])
	require.NoError(t, err)
	managed, err := d.register.Managements().IDs(t.Context(), model.ManagementQuery{MSP: d.acting[model.MSP].ID})
	require.NoError(t, err)
	managements, err := d.register.Managements().Rows(t.Context(), d.acting[model.MSP].ID, managed[:1])
	require.NoError(t, err)
	return append(all, page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: rows[0].AccountID},
		page.Place{Tab: page.MSPTab, Page: page.Customer, ID: managements[0].CustomerID})
}

func TestTabKeyWalksEveryPageInReadingOrderAndBack(t *testing.T) {
	p := sampled(t)
	c := p.Window.Canvas()
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	for _, at := range places(t, p) {
		p.desk.Go(at)
		name := fmt.Sprintf("%s, %s %d", at.Tab, at.Page, at.ID)
		forwards := stops(p.Window)
		require.Greater(t, len(forwards), 5, name)
		main := fyne.NewPos(place(pageOf(p.desk).Content).X-16, place(titleOf(p)).Y) // a row of tabs reaches into the margin
		before := fyne.Position{}
		for i, f := range forwards {
			o := f.(fyne.CanvasObject)
			is := fmt.Sprintf("%s: stop %d of %d, %T", name, i+1, len(forwards), f)
			require.Greater(t, o.Size().Width*o.Size().Height, float32(0), is)
			at, end := place(o), place(o).Y+o.Size().Height
			if (at.X < main.X) == (before.X < main.X) || end <= main.Y { // not from the sidebar to the page
				require.GreaterOrEqual(t, end, before.Y, "%s stands above the stop before it", is)
			}
			before = at
		}
		c.Unfocus()
		var backwards []fyne.Focusable
		for range forwards {
			c.FocusPrevious()
			i := slices.Index(forwards, c.Focused())
			// a field comes before its icon both ways
			require.InDelta(t, len(forwards)-1-len(backwards), i, 1, "%s: backwards to stop %d", name, i+1)
			require.NotContains(t, backwards, c.Focused(), name)
			backwards = append(backwards, c.Focused())
		}
	}
}

func TestFunctionKeysActFromEveryStopOfEveryPageAndLeaveItTheFocus(t *testing.T) {
	p := sampled(t)
	c := p.Window.Canvas()
	for _, at := range places(t, p) {
		p.desk.Go(at)
		for i, f := range stops(p.Window) {
			c.Focus(f)
			is := fmt.Sprintf("%s, %s: stop %d, %T", at.Tab, at.Page, i+1, f)
			uitest.Key(p.Window, fyne.KeyF1)
			require.True(t, uitest.Shows(p.Window, "Keys in a table"), is)
			uitest.Key(p.Window, fyne.KeyF5)
			uitest.Key(p.Window, fyne.KeyEscape)
			require.Nil(t, c.Overlays().Top(), is)
			require.True(t, c.Focused() == f, is)
		}
	}
}

func TestPageThatComesOnScreenHasTheFocus(t *testing.T) {
	p := sampled(t)
	c := p.Window.Canvas()
	c.FocusNext()
	for _, at := range places(t, p) {
		p.desk.Go(at)
		require.NotNil(t, c.Focused(), "%s, %s", at.Tab, at.Page)
		require.Contains(t, stops(p.Window), c.Focused())
	}
}

// theTarget stands for the button of New upload's first step.
const theTarget = "the target"

func TestEscLeavesEveryDialogFromEveryStop(t *testing.T) {
	p := sampled(t)
	c := p.Window.Canvas()
	for _, dialog := range []struct {
		at   page.Place
		open []string // buttons, or items of menus after the first
	}{
		{page.Place{Tab: page.ResellerTab, Page: page.Customers}, []string{"ADD CUSTOMER"}},
		{page.Place{Tab: page.ResellerTab, Page: page.Uploads}, []string{"Export…"}},
		{page.Place{Tab: page.ResellerTab, Page: page.Devices}, []string{"By list…"}},
		{page.Place{Tab: page.ResellerTab, Page: page.NewUpload}, []string{"Save a blank list…"}},
		{page.Place{Tab: page.ResellerTab, Page: page.NewUpload}, []string{"Paste…"}},
		{page.Place{Tab: page.ResellerTab, Page: page.NewUpload}, []string{theTarget}},
		{page.Place{Tab: page.ResellerTab, Page: page.Devices}, []string{"Uploaded", "From … to …"}},
		{page.Place{Tab: page.MSPTab, Page: page.Resellers}, []string{"REGISTER RESELLER"}},
		{page.Place{Tab: page.MSPTab, Page: page.Customers}, []string{"ADD CUSTOMER"}},
		{page.Place{Tab: page.ActivityTab, Page: page.Log}, []string{"Party", "Search…"}},
		{page.Place{Tab: page.SettingsTab, Page: page.Directory}, []string{"Add account…", "Customer…"}},
		{page.Place{Tab: page.SettingsTab, Page: page.Directory}, []string{"Add account…", "MSP…"}},
	} {
		p.desk.Go(dialog.at)
		open := func() {
			if dialog.open[0] == theTarget { // whose words are those of the customer that is proposed
				test.Tap(pageOf(p.desk).First().(fyne.Tappable))
			} else {
				uitest.Tap(t, p.Window, dialog.open[0])
			}
			for _, item := range dialog.open[1:] {
				uitest.Choose(t, p.Window, item)
			}
			require.NotNil(t, c.Overlays().Top())
		}
		open()
		require.NotNil(t, c.Focused(), dialog.open)
		count := len(stops(p.Window))
		require.Greater(t, count, 1)
		for i := range count {
			if c.Overlays().Top() == nil {
				open()
			}
			f := stops(p.Window)[i]
			c.Focus(f)
			uitest.Key(p.Window, fyne.KeyEscape)
			require.Nil(t, c.Overlays().Top(), "%s: stop %d of %d, %T", dialog.open, i+1, count, f)
			require.NotNil(t, c.Focused(), "the focus is back after %s", dialog.open)
		}
	}
}

func TestShortcutsActFromAFieldAndNotBehindADialog(t *testing.T) {
	p := sampled(t)
	ctrl := func(key fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	for _, s := range []struct {
		key fyne.KeyName
		tab page.Tab
	}{{fyne.Key2, page.MSPTab}, {fyne.Key3, page.ActivityTab}, {fyne.Key1, page.ResellerTab}} {
		if pageOf(p.desk).Search != nil {
			uitest.Press(p.Window, ctrl(fyne.KeyF)) // the next shortcut comes from a field
		}
		uitest.Press(p.Window, ctrl(s.key))
		require.Equal(t, s.tab, p.desk.tab)
	}
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	uitest.Press(p.Window, ctrl(fyne.KeyF))
	uitest.Press(p.Window, ctrl(fyne.KeyE))
	require.True(t, uitest.Shows(p.Window, "Export Customers"))
	for _, key := range []fyne.KeyName{fyne.Key2, fyne.KeyK, fyne.KeyF, fyne.KeyN, fyne.KeyO, fyne.KeyE} {
		uitest.Press(p.Window, ctrl(key))
		require.Len(t, p.Window.Canvas().Overlays().List(), 1, key)
		require.Equal(t, page.ResellerTab, p.desk.tab)
	}
	uitest.Press(p.Window, &fyne.ShortcutUndo{})
	require.Len(t, p.Window.Canvas().Overlays().List(), 1)
}

func TestShortcutOfTheTabOnScreenLeadsToItsPages(t *testing.T) {
	p := sampled(t)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	uitest.Press(p.Window, &desktop.CustomShortcut{KeyName: fyne.Key1, Modifier: fyne.KeyModifierShortcutDefault})
	p.Window.Canvas().FocusNext() // the page below
	uitest.Key(p.Window, fyne.KeyReturn)
	require.Equal(t, page.Uploads, p.desk.trails[page.ResellerTab].top().place.Page)
}

func TestArrowsWalkTheEntriesOfTheSidebar(t *testing.T) {
	p := sampled(t)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Overview})
	uitest.Press(p.Window, &desktop.CustomShortcut{KeyName: fyne.Key1, Modifier: fyne.KeyModifierShortcutDefault})
	caption := func() string { return p.Window.Canvas().Focused().(interface{ Caption() string }).Caption() }
	uitest.Key(p.Window, fyne.KeyUp)
	require.Equal(t, "Overview", caption(), "there is none above it")
	uitest.Key(p.Window, fyne.KeyDown)
	uitest.Key(p.Window, fyne.KeyDown)
	uitest.Key(p.Window, fyne.KeyUp)
	require.Equal(t, "Customers", caption())
	uitest.Key(p.Window, fyne.KeyReturn)
	require.Equal(t, page.Customers, p.desk.trails[page.ResellerTab].top().place.Page)
}

func TestEntryOfThePageOnScreenGivesThePageTheKeyboard(t *testing.T) {
	p := sampled(t)
	at := page.Place{Tab: page.ResellerTab, Page: page.Customers}
	p.desk.Go(at)
	first := p.Window.Canvas().Focused()
	require.NotNil(t, first)
	p.Window.Canvas().Unfocus() // as a click on what does not have the keyboard does
	p.desk.Go(at)
	require.True(t, p.Window.Canvas().Focused() == first)
}

func TestKeyboardGoesToTheRowsThatReplaceTheButtonOfAnEmptyPage(t *testing.T) {
	p := northwind(t)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	c := p.Window.Canvas()
	require.Same(t, uitest.FindButton(p.Window, "ADD CUSTOMER"), c.Focused())
	uitest.Key(p.Window, fyne.KeyReturn)
	uitest.Type(t, p.Window, "Knox Customer ID/MSP ID", "4600002217")
	uitest.Tap(t, p.Window, "SUBMIT")
	uitest.Type(t, p.Window, "Company name", "Contoso")
	uitest.Tap(t, p.Window, "SUBMIT")
	require.Nil(t, c.Overlays().Top())
	require.False(t, fyne.CurrentApp().Driver().AbsolutePositionForObject(c.Focused().(fyne.CanvasObject)).IsZero(), "%T is on screen",
		c.Focused())
	require.Contains(t, stops(p.Window), c.Focused())
}

func TestFocusGoesToThePageWhenTheMessageThatHadItGoes(t *testing.T) {
	p := sampled(t)
	c := p.Window.Canvas()
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	p.desk.Say("Done.")
	c.Focus(buttonWith(p, theme.CancelIcon()))
	uitest.Key(p.Window, fyne.KeySpace)
	require.False(t, uitest.Shows(p.Window, "Done."))
	require.True(t, c.Focused() == pageOf(p.desk).First())
}

func TestSettingsFollowTheSizeThatShortcutsChoose(t *testing.T) {
	p := sampled(t)
	t.Cleanup(func() { p.ScaleBy(0) })
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: page.Settings})
	require.True(t, uitest.Shows(p.Window, "100 %"))
	uitest.Press(p.Window, ctrl(fyne.KeyEqual))
	require.Equal(t, 110, settings.Of(p.App).Scale())
	require.True(t, uitest.Shows(p.Window, "110 %"))
}
