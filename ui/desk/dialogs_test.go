package desk

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/control"
	"consign/ui/device"
	"consign/ui/page"
	"consign/ui/safe"
	"consign/ui/uitest"
	"consign/ui/words"
)

// smallest is 1024×700 at 200 %, of which the menu bar takes a part.
var smallest = fyne.NewSize(512, 320)

// presser presses whatever can be pressed, and looks over the dialogs that come.
type presser struct {
	t      *testing.T
	p      *program
	seen   map[string]bool // what was looked over
	idle   map[string]bool // what opened nothing, by its place: it does in no language
	leaves []string        // the words of what leaves the register, Consign or the test
}

// theActions stands for the menu of the rows.
const theActions = "actions of the first row"

func newPresser(t *testing.T, p *program, idle map[string]bool) *presser {
	x := &presser{t: t, p: p, seen: map[string]bool{}, idle: idle}
	for _, words := range []string{"Leave the sample", "Quit", "Show in folder", "Show the log folder", "Restart now", "Smaller", "Larger",
		"Normal size"} {
		x.leaves = append(x.leaves, lang.L(words))
	}
	return x
}

// look says what is misplaced in the dialog or the menu that is open.
func (x *presser) look(what string) {
	if x.p.Window.Canvas().Overlays().Top() == nil {
		return
	}
	x.seen[what] = true
	for _, wrong := range uitest.Misplaced(x.p.Window) {
		x.t.Errorf("%s: %s", what, wrong)
	}
}

// page presses all that stands on a page, and takes every item of the menus that come.
func (x *presser) page(at page.Place) {
	show := func() {
		closeDialogs(x.p.Window)
		x.p.desk.Go(at)
		if at.Page == page.NewUpload && pageOf(x.p.desk).Paste != nil {
			pageOf(x.p.desk).Paste(tourList)
		}
		closeDialogs(x.p.Window)
		x.key(fyne.KeyHome)
	}
	show()
	shown := pageOf(x.p.desk)
	for i, words := range append(uitest.Buttons(append(slices.Clone(shown.Actions), shown.Content)...), theActions) {
		x.press(fmt.Sprintf("%s, %s: %s", at.Tab, at.Page, words), fmt.Sprintf("%s, %s: %d", at.Tab, at.Page, i), show, words)
	}
}

// press presses one thing on the page that show shows, unless it is idle.
func (x *presser) press(what, where string, show func(), words string) {
	press := func() bool {
		show()
		if words == theActions {
			x.key(desktop.KeyMenu)
			return true
		}
		b := uitest.FindButton(x.p.Window, words)
		if off, can := b.(fyne.Disableable); b == nil || can && off.Disabled() || slices.Contains(x.leaves, words) {
			return false
		}
		b.Tapped(&fyne.PointEvent{})
		return true
	}
	if x.seen[what] || x.idle[where] || !press() {
		return
	}
	x.look(what)
	x.idle[where] = !x.seen[what]
	for i, item := range uitest.Items(x.p.Window) {
		choice := fmt.Sprintf("%s, %d", where, i)
		if slices.Contains(x.leaves, item) || x.idle[choice] || !press() || !slices.Contains(uitest.Items(x.p.Window), item) {
			continue
		}
		uitest.Choose(x.t, x.p.Window, item)
		x.look(what + " › " + item)
		x.idle[choice] = !x.seen[what+" › "+item]
	}
}

// key types a key into the rows of the page, if it has some.
func (x *presser) key(key fyne.KeyName) {
	uitest.Walk(x.p.Window, func(o fyne.CanvasObject) bool {
		_, scrolls := o.(fyne.Scrollable)
		rows, takes := o.(fyne.Focusable)
		if scrolls && takes {
			x.p.Window.Canvas().Focus(rows)
			rows.TypedKey(&fyne.KeyEvent{Name: key})
		}
		return scrolls && takes
	})
}

// commands takes all that the menu bar offers.
func (x *presser) commands() {
	for _, menu := range x.p.desk.commandMenus() {
		for _, group := range menu.groups {
			for _, c := range group {
				if !slices.Contains(x.leaves, c.title) {
					closeDialogs(x.p.Window)
					x.p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices})
					c.do()
					x.look(c.title)
				}
			}
		}
	}
}

// others opens what no button of a page of the sample leads to.
func (x *presser) others() {
	d := x.p.desk
	devices, err := d.register.Devices().IDs(x.t.Context(), model.DeviceQuery{View: model.As(model.Reseller, d.acting[model.Reseller].ID)})
	require.NoError(x.t, err)
	for what, open := range map[string]func(){
		"a device":         func() { device.ShowCard(d, devices[0]) },
		"devices found":    func() { d.find(); uitest.Key(x.p.Window, fyne.KeyDown) },
		"a damaged sample": d.warnOfDamage,
		"a rescue":         func() { safe.AskToRescue(d, d.register.Path()) },
		"a problem": func() {
			d.Fail(model.Fail(model.Unreadable, "The folder {{.Folder}} cannot be shown.", "Folder", longName("a folder")))
		},
		"a question": func() {
			page.Confirm(d, lang.L("Undo the last act?"), lang.L("A file of this name is there already."), lang.L("Undo"), func() {})
		},
	} {
		closeDialogs(x.p.Window)
		open()
		require.NotNil(x.t, x.p.Window.Canvas().Overlays().Top(), what)
		x.look(what)
	}
	closeDialogs(x.p.Window)
	d.takeTour()
	for i := range d.stops() {
		x.look(fmt.Sprintf("stop %d of the tour", i+1))
		uitest.Key(x.p.Window, fyne.KeyReturn)
	}
}

func TestEveryDialogFitsIntoTheSmallestWindowInAnyLanguage(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, words.Speak(words.English)) })
	idle := map[string]bool{}
	for _, language := range words.Languages() {
		t.Run(string(language), func(t *testing.T) {
			require.NoError(t, words.Speak(language))
			p := newProgram(t, t.TempDir())
			p.Start(true, false)
			p.Window.Resize(smallest)
			x := newPresser(t, p, idle)
			for _, at := range everyPlace(t, p) {
				x.page(at)
			}
			x.commands()
			x.others()
			control.HideTip()
			require.Greater(t, len(x.seen), 100, "dialogs and menus were opened")
		})
	}
}

func TestCtrlEnterDoesWhatADialogIsForWhateverHasTheKeyboard(t *testing.T) {
	p := northwind(t)
	did := ""
	does := func(what string) func() { return func() { did = what } }
	for what, show := range map[string]func(){
		"form": func() {
			f := page.NewForm(p.desk, "A choice", "Save")
			f.Add("", control.NewRadio([]string{"one", "another"}, nil))
			f.Lines("Lines", "", 2)
			f.Submit = does("form")
			f.Show()
		},
		"question": func() { page.Confirm(p.desk, "Delete?", "", "Delete", does("question")) },
		"preview": func() {
			v := page.NewPreview(p.desk, "A look", "Import", widget.HighImportance, does("preview"))
			v.Ask(container.NewStack(), "", v.Cancel)
		},
		"warning": func() { safe.Warn(p.Window, "A warning", "", safe.Way{Title: "Restore", Do: does("warning")}) },
	} {
		show()
		for range 4 {
			did = ""
			uitest.Press(p.Window, ctrl(fyne.KeyReturn))
			require.Equal(t, what, did)
			if p.Window.Canvas().Overlays().Top() == nil {
				break
			}
			p.Window.Canvas().FocusNext()
		}
		closeDialogs(p.Window)
	}
}
