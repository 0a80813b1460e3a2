package newupload

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/disk"
	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/unfinished"
)

// The preferences of a bench.
const (
	scanSound  = "scan.sound"
	scanPerBox = "scan.per.box"
)

// saidHeight has room for the longest that is usually said of a scan.
const saidHeight = 104

// scanPanel is the bench: one box that keeps the focus, so that a scanner's keystrokes always arrive, with a sound and a colour
// for every scan, and the count against what is expected.
type scanPanel struct {
	desk    page.Desk
	path    string // of the journal
	review  func(text string, mode intake.BenchMode, kept func())
	changed func()
	party   func() int64 // the account that is chosen for the devices, 0 for none
	parties func() (reseller, target int64)
	choose  func(account int64) // chooses it anew

	session *intake.ScanSession
	scans   []scan // the last one last
	device  map[int]model.Text

	box      *scanBox
	scanner  *scannerStrip
	mode     *control.Radio
	expected *expectedField
	sound    *control.Check
	count    *canvas.Text
	bar      *widget.ProgressBar
	said     *widget.Label
	flash    *canvas.Rectangle
	table    *grid.Table[scan]
	undo     *control.Button
	next     *control.Button
	finish   *control.Button
	content  *fyne.Container
}

// newScanPanel makes a bench, whose path is to be set. review takes the devices of a session as a list, and
// calls kept once the list is kept in case of a crash.
func newScanPanel(d page.Desk, t *target, review func(text string, mode intake.BenchMode, kept func()),
	changed func()) *scanPanel {
	p := &scanPanel{desk: d, review: review, changed: changed, said: widget.NewLabel(""),
		flash: &canvas.Rectangle{CornerRadius: 4},
		count: &canvas.Text{TextSize: 34, TextStyle: fyne.TextStyle{Bold: true}}, bar: widget.NewProgressBar()}
	p.party, p.choose = func() int64 { return t.chosen.account }, t.takeKept
	p.box = newScanBox(p)
	p.scanner = newScannerStrip(p)
	p.expected = newExpectedField(p)
	perScan, perBox := lang.L("One device per scan"), lang.L("One device per box")
	p.mode = control.NewRadio([]string{perScan, perBox}, nil)
	p.mode.Horizontal = true
	p.mode.Selected = perBox
	if !d.Preferences().BoolWithFallback(scanPerBox, true) {
		p.mode.Selected = perScan
	}
	p.mode.OnChanged = func(string) {
		d.Preferences().SetBool(scanPerBox, p.perBox())
		expected := p.expects()
		p.restart()
		p.expected.set(expected)
		p.keepExpected()
	}
	p.expected.OnChanged = func(string) { p.show() }
	p.sound = control.NewCheck(lang.L("Sound"), func(on bool) {
		d.Preferences().SetBool(scanSound, on)
		p.focus()
	})
	p.sound.Checked = d.Preferences().BoolWithFallback(scanSound, true)
	p.said.Wrapping, p.said.TextStyle.Bold = fyne.TextWrapWord, true
	p.bar.TextFormatter = func() string { return "" }
	p.undo = control.NewButtonWithIcon(lang.L("Undo last scan"), theme.ContentUndoIcon(), p.undoLast)
	p.next = control.NewButton(lang.L("Next box (Space)"), p.closeBox)
	giveUp := control.NewButton(lang.L("Give up the scans"), p.giveUp)
	giveUp.Importance = widget.LowImportance
	p.finish = control.NewButton("", p.done)
	p.finish.Importance = widget.HighImportance
	columns := []grid.Column[scan]{
		{ID: "number", Title: lang.L("SCAN"), Width: 52, Align: grid.Trailing, Text: func(s scan) string { return page.Number(s.number) }},
		{ID: "text", Title: lang.L("READ"), Width: 156, Mono: true, Text: scan.read},
		{ID: "verdict", Title: lang.L("VERDICT"), Width: 90, Badge: func(s scan) (string, grid.Look) { return s.verdict(), s.look() }},
		{ID: "said", Title: lang.L("WHAT IT IS"), Width: 200, Most: 1000, Text: scan.words},
	}
	p.table = grid.NewTable("newupload.scans", &grid.Slice[scan]{Rows: p.latest, ID: func(s scan) int64 { return int64(s.number) },
		Columns: columns}, columns)
	p.table.OnAnswer = func() {
		if !p.table.Busy() {
			p.table.GoTo(0) // the last scan
		}
	}
	p.table.OnRune = func(r rune) {
		p.focus() // a scan after a click on a row
		p.box.TypedRune(r)
	}
	p.content = p.layOut(giveUp)
	return p
}

func (p *scanPanel) layOut(giveUp fyne.CanvasObject) *fyne.Container {
	prompt := widget.NewLabelWithStyle(lang.L("Scan or type an identifier, then Enter"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	said := container.NewVScroll(p.said)
	said.SetMinSize(fyne.NewSize(0, saidHeight)) // what is said of a scan moves nothing
	left := container.NewVBox(prompt, p.box, container.NewStack(p.flash, said),
		container.New(layout.NewCustomPaddedLayout(4, 4, 4, 0), p.count), p.bar,
		container.NewHBox(widget.NewLabel(lang.L("Expected")), container.New(control.Wide(80), p.expected),
			p.sound), layout.NewSpacer(), container.NewHBox(p.next), container.NewHBox(p.undo))
	split := control.InOrder(nil, container.New(control.Wide(264), left), container.New(layout.NewCustomPaddedLayout(0, 0, 10, 0), p.table),
		nil, nil)
	return control.InOrder(container.NewBorder(nil, nil, p.mode, nil, p.scanner.content), nil, split, nil,
		container.NewHBox(giveUp, layout.NewSpacer(), p.finish))
}

// running tells whether there is a session.
func (p *scanPanel) running() bool { return p.session != nil }

// start begins a session.
func (p *scanPanel) start() {
	if p.running() {
		p.focus()
		return
	}
	p.expected.set(0)
	p.restart()
}

// restart begins an empty session in the chosen mode.
func (p *scanPanel) restart() {
	p.discard()
	mode := intake.OnePerScan
	if p.perBox() {
		mode = intake.OnePerBox
	}
	s, err := intake.StartScan(p.path, mode)
	if err != nil {
		p.desk.Fail(err)
		return
	}
	p.begin(s)
	p.keepParty()
}

// resume goes on with the session of the journal.
func (p *scanPanel) resume() {
	s, err := intake.ResumeScan(p.path)
	if err != nil {
		p.desk.Fail(err)
		return
	}
	p.mode.Selected = p.mode.Options[s.Mode()]
	p.mode.Refresh()
	p.expected.set(s.Expected())
	p.begin(s)
	if p.party() == 0 && s.Party() != 0 {
		p.choose(s.Party())
	}
	p.keepParty()
}

// begin shows a session. What each of its scans did is found by scanning them again.
func (p *scanPanel) begin(s *intake.ScanSession) {
	p.session, p.scans, p.device = s, nil, map[int]model.Text{}
	s.Trust(p.scanner.checked())
	p.scanner.show(false)
	p.retell()
	p.said.SetText(lang.L("Ready."))
	if s.Mode() == intake.OnePerBox {
		p.said.SetText(lang.L("Ready.") + "\n" + lang.L("Per box: IMEI, IMEI 2 and serial number, which closes the box."))
	}
	p.colour("")
	p.show()
	p.changed()
	p.focus()
}

// retell lists the scans of the session anew.
func (p *scanPanel) retell() {
	again := intake.NewBench(p.session.Mode())
	again.Trust(p.scanner.checked())
	p.scans = nil
	for i, text := range p.session.Scans() {
		p.scans = append(p.scans, scan{number: i + 1, text: text, said: again.Scan(text)})
	}
}

func (p *scanPanel) perBox() bool { return p.mode.Selected == p.mode.Options[intake.OnePerBox] }

// latest are the scans, the last one first, with what the register knows of their devices.
func (p *scanPanel) latest(context.Context) ([]scan, error) {
	scans := slices.Clone(p.scans)
	slices.Reverse(scans)
	for i := range scans {
		scans[i].taken = p.device[scans[i].said.Box]
	}
	return scans, nil
}

// take takes what the scanner typed, put right by what its check has learned.
func (p *scanPanel) take(text string) {
	if strings.TrimSpace(text) == "" || p.session == nil {
		return // some scanners end with two Enters
	}
	p.scan(p.scanner.right(text))
}

// takeTyped takes what a person typed or pasted. Small letters are no sign of Caps Lock then.
func (p *scanPanel) takeTyped(text string) {
	if strings.TrimSpace(text) != "" && p.session != nil {
		p.scan(strings.ToUpper(text))
	}
}

// closeBox ends a box that has no serial number to scan.
func (p *scanPanel) closeBox() {
	if p.session != nil && p.session.Open() {
		p.scan("")
	}
	p.focus()
}

func (p *scanPanel) scan(text string) {
	said, err := p.session.Scan(text)
	p.scans = append(p.scans, scan{number: len(p.scans) + 1, text: strings.TrimSpace(text), said: said})
	p.tell(p.scans[len(p.scans)-1])
	if err != nil {
		p.desk.Fail(err)
	}
	if said.Box >= 0 && said.Answer != intake.ScannedBefore {
		for box := range max(1, said.Boxes) {
			p.askRegister(said.Box + box)
		}
	}
}

// tell says a scan: in words, in colour and aloud.
func (p *scanPanel) tell(s scan) {
	p.said.SetText(s.read() + "\n" + s.words())
	p.scanner.show(s.said.Answer == intake.Garbled)
	sound := goodTone
	switch s.look() {
	case grid.Plain:
		p.colour("")
		sound = noTone
	case grid.Bad:
		p.colour(theme.ColorNameError)
		sound = badTone
	case grid.Waiting:
		p.colour(theme.ColorNameWarning)
		sound = lookTone
	default:
		p.colour(theme.ColorNameSuccess)
		if n := p.expects(); n > 0 && p.session.Len() == n && !p.session.Open() {
			sound = doneTone
		}
	}
	if p.sound.Checked && sound.hertz != nil {
		playAsync(sound.wave())
	}
	p.show()
}

// askRegister asks whether a device of the bench is registered already, and says so at once.
func (p *scanPanel) askRegister(box int) {
	session, ids := p.session, p.session.Device(box)
	page.Read(p.desk, func(ctx context.Context) ([]model.Registered, error) {
		return p.desk.Register().Devices().Registered(ctx, []model.Identifiers{ids})
	}, func(found []model.Registered) {
		if p.session != session || found[0].DeviceID == 0 {
			return
		}
		p.device[box] = found[0].Text(p.parties())
		last := p.scans[len(p.scans)-1]
		if last.said.Box == box {
			last.taken = p.device[box]
			p.tell(last)
		}
		p.show()
	})
}

func (p *scanPanel) undoLast() {
	if p.session == nil {
		return
	}
	last := ""
	if n := len(p.scans); n > 0 {
		last = p.scans[n-1].read()
	}
	undone, err := p.session.Undo()
	if err != nil {
		p.desk.Fail(err)
	}
	if undone {
		p.retell()
		for box := range p.device {
			if box >= p.session.Len() {
				delete(p.device, box)
			}
		}
		p.said.SetText(lang.L("Taken back: {{.Scan}}", map[string]any{"Scan": last}))
		p.colour("")
	}
	p.show()
	p.focus()
}

// expects is how many devices a person expects, 0 if nobody has said it.
func (p *scanPanel) expects() int { return p.expected.count() }

// keepExpected keeps what is expected with the session.
func (p *scanPanel) keepExpected() {
	if p.session == nil || p.expects() == p.session.Expected() {
		return
	}
	if err := p.session.Expect(p.expects()); err != nil {
		p.desk.Fail(err)
	}
}

// keepParty keeps with the session whom the devices are for.
func (p *scanPanel) keepParty() {
	if party := p.party(); p.session != nil && party != 0 && party != p.session.Party() {
		if err := p.session.Choose(party); err != nil {
			p.desk.Fail(err)
		}
	}
}

// show shows the count and the list as they are now.
func (p *scanPanel) show() {
	if p.session == nil {
		return
	}
	n, expected := p.session.Len(), p.expects()
	p.count.Text = lang.N("{{.Count}} devices", n, map[string]any{"Count": page.Number(n)})
	p.bar.Hidden = expected <= 0
	if expected > 0 {
		p.count.Text = lang.L("{{.Count}} of {{.Expected}}", map[string]any{"Count": page.Number(n), "Expected": page.Number(expected)})
		p.bar.Max = float64(expected)
		p.bar.SetValue(float64(min(n, expected)))
	}
	ink := theme.ColorNameForeground
	switch {
	case expected > 0 && n == expected:
		ink = theme.ColorNameSuccess
	case expected > 0 && n > expected:
		ink = theme.ColorNameWarning
	}
	p.count.Color = theme.Color(ink)
	p.count.Refresh()
	p.finish.SetText(lang.N("Review {{.Count}} devices", n, map[string]any{"Count": page.Number(n)}))
	p.finish.Allow(n > 0, lang.L("Scan a device first."))
	p.undo.Allow(len(p.scans) > 0, lang.L("Nothing was scanned yet."))
	control.Enable(p.next, p.session.Open())
	control.Enable(p.mode, len(p.scans) == 0)
	p.table.Reload()
	p.content.Refresh()
}

// colour is behind what is said of the last scan; none for no scan.
func (p *scanPanel) colour(name fyne.ThemeColorName) {
	p.flash.FillColor = nil
	p.said.Importance = widget.MediumImportance
	if name != "" {
		r, g, b, _ := theme.Color(name).RGBA()
		p.flash.FillColor = tint(r, g, b)
	}
	p.said.Refresh()
	p.flash.Refresh()
}

// done hands the devices over to the review and ends the session. What is in the box still counts.
func (p *scanPanel) done() {
	p.box.submit()
	if p.session == nil || p.session.Len() == 0 {
		return
	}
	text, mode := p.session.Text(), p.session.Mode()
	p.close()
	p.review(text, mode, func() {
		if err := disk.Remove(p.path); err != nil {
			p.desk.Fail(disk.Unwritable(p.path, err))
		}
	})
	p.changed()
}

// giveUp throws the scans away. It asks nothing, because they can be taken back.
func (p *scanPanel) giveUp() {
	n := p.session.Len()
	if n == 0 {
		p.discard()
		p.changed()
		return
	}
	p.close()
	path := p.path
	if err := unfinished.GiveUp(path); err != nil {
		p.desk.Fail(err)
	}
	p.changed()
	unfinished.OfferBack(p.desk, lang.N("{{.Count}} scanned devices", n, map[string]any{"Count": page.Number(n)}), path, func() {
		if p.path == path && !p.running() {
			p.resume()
		}
	})
}

// discard ends the session for good.
func (p *scanPanel) discard() {
	if p.session != nil {
		if err := p.session.Discard(); err != nil {
			p.desk.Fail(err)
		}
		p.session = nil
	}
}

// close ends the session and keeps its journal.
func (p *scanPanel) close() {
	if p.session != nil {
		_ = p.session.Close()
		p.session = nil
	}
}

func (p *scanPanel) focus() {
	if p.session != nil && p.desk.Window().Canvas().Overlays().Top() == nil {
		p.desk.Window().Canvas().Focus(p.box)
	}
}

// keepsFocus takes the focus back when nothing else has it: a click beside the box must not swallow the next scan.
func (p *scanPanel) keepsFocus() {
	if c := p.desk.Window().Canvas(); c.Focused() == nil {
		p.focus()
	}
}
